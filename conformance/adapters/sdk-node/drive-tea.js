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
  'outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error';

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
  const outcome = { kind: 'service_error' };
  outcomes.setField(outcome, 'status', raised.statusCode);
  outcomes.setField(outcome, 'code', raised.code);
  outcomes.setField(outcome, 'request_id', raised.requestId);
  // The message without the text that the core adds around it.
  const framed = String(raised.message).match(FRAME);
  outcomes.setField(outcome, 'message', framed ? framed[1] : raised.message);
  return outcome;
}

// The core's `getAuthorization` over the given headers and those that the core would add.
function sign(util, nonceOwner, Request, given) {
  const { authority, path, query } = split(given.url);
  const { access_key_id: id, access_key_secret: secret, security_token: token } = given.credentials;
  const named = Object.fromEntries(given.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const hashed = util.hash(Buffer.from(given.body_b64, 'base64'), ALGORITHM);
  const own = {
    'x-acs-date': util.getTimestamp(),
    'x-acs-signature-nonce': nonceOwner.getNonce(),
    'x-acs-content-sha256': hashed.toString('hex'),
  };
  if (token) Object.assign(own, { 'x-acs-accesskey-id': id, 'x-acs-security-token': token });
  const added = Object.fromEntries(Object.entries(own).filter(([name]) => !(name in named)));
  const request = new Request();
  request.method = given.method;
  request.pathname = path;
  request.query = queryOf(query);
  request.headers = { host: authority, ...named, ...added };
  const payload = request.headers['x-acs-content-sha256'];
  added.Authorization = util.getAuthorization(request, ALGORITHM, payload, id, secret);
  return { headers: Object.entries(added) };
}

module.exports = { CAPS, configOf, outcomeOf, replace, runtimeOf, sign };
