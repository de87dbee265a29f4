'use strict';
// The OpenAPI core of both generated SDKs, which signs with `ACS3-HMAC-SHA256`.

const clock = require('./clock');
const outcomes = require('./outcomes');
const { queryOf, split } = require('./call');

const ALGORITHM = 'ACS3-HMAC-SHA256';
const FRAME = /^.*?: code: \d+, (.*) request id: .*?$/s;

const CAPS =
  'sign.acs3 build parse invoke ' +
  'invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts ' +
  'outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error ' +
  'clock.own tasks';

const LACKS =
  'sign.added-headers sign.encoded-urls sign.repeated-keys build.repeated-headers ' +
  'outcome.error-request-id outcome.log-decoding function-error.error-status parse.foreign-bodies';

// Replaces the clock of the core with the clock of the case.
function replace(clockOwner, nonceOwner) {
  const { getTimestamp } = clockOwner;
  clockOwner.getTimestamp = () => clock.timestamp(() => getTimestamp.call(clockOwner));
  const { getNonce, getDateUTCString } = nonceOwner;
  nonceOwner.getNonce = () => clock.nonce(() => getNonce.call(nonceOwner));
  nonceOwner.getDateUTCString = () => clock.httpDate(() => getDateUTCString.call(nonceOwner));
}

// The options of a client without TLS; the signed host stays the same.
function configOf(call) {
  const keys = call.bearerToken
    ? { bearerToken: call.bearerToken, type: 'bearer' }
    : { accessKeyId: call.accessKeyId, accessKeySecret: call.accessKeySecret, securityToken: call.securityToken };
  return {
    ...keys,
    signatureAlgorithm: call.signatureAlgorithm,
    endpoint: call.authority,
    protocol: 'http',
  };
}

// The time limits of a call.
function runtimeOf(call) {
  return { connectTimeout: call.milliseconds, readTimeout: call.milliseconds };
}

// A response with status, headers and body, or an error of the core.
function outcomeOf(_call, returned, raised) {
  if (!raised) {
    const kind = returned.statusCode === 202 ? 'accepted' : 'completed';
    return outcomes.returned(kind, returned.statusCode, returned.headers, returned.body);
  }
  if (!raised.data || raised.statusCode === undefined) {
    return outcomes.transport(raised) || outcomes.unreadable(raised);
  }
  // `data` is the error body; a value that is missing is the text "undefined" in its attribute.
  const { data } = raised;
  const has = (...names) => names.some((name) => data[name]);
  const outcome = { kind: 'service_error' };
  outcomes.setField(outcome, 'status', raised.statusCode);
  outcomes.setField(outcome, 'code', has('Code', 'code') ? raised.code : data.ErrorCode || data.errorCode);
  outcomes.setField(outcome, 'request_id', raised.requestId || data.RequestId || data.requestId);
  if (!has('RequestId', 'requestId')) delete outcome.request_id;
  // The message without the text that the core adds around it.
  const framed = String(raised.message).match(FRAME);
  const message = framed ? framed[1] : raised.message;
  outcomes.setField(outcome, 'message', has('Message', 'message') ? message : data.ErrorMessage || data.errorMessage);
  return outcome;
}

// The core's `getAuthorization` over the given headers; it adds none.
function sign(util, Request, given) {
  const { authority, path, query } = split(given.url);
  const { access_key_id: id, access_key_secret: secret } = given.credentials;
  const named = Object.fromEntries(given.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const request = new Request();
  request.method = given.method;
  request.pathname = path;
  request.query = queryOf(query);
  // The caller of the signing function passes every header; the host is that of the URL.
  request.headers = { host: authority, ...named };
  const authorization = util.getAuthorization(request, ALGORITHM, named['x-acs-content-sha256'], id, secret);
  return { headers: [['Authorization', authorization]] };
}

module.exports = { CAPS, LACKS, configOf, outcomeOf, replace, runtimeOf, sign };
