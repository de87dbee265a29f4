'use strict';
// @alicloud/fc2: revision 2016-08-15, signed by the `FC` scheme.
//
// Replaced: the `date` that `Client.prototype.buildHeaders` returns.

const clock = require('./clock');
const outcomes = require('./outcomes');
const { Unsupported, queryOf, split } = require('./call');

// The text of an error has the status, the request id and the message.
const SENTENCE = /^POST \S+ failed with (\d+)\. requestid: (.*?), message: (.*)\.$/s;
let Client;

function load(sdk) {
  Client = sdk('@alicloud/fc2');
  const { buildHeaders } = Client.prototype;
  Client.prototype.buildHeaders = function dated() {
    const headers = buildHeaders.call(this);
    return { ...headers, date: clock.httpDate(() => headers.date) };
  };
}

// `Client.invokeFunction`; this SDK has headers instead of options, except for the qualifier.
async function invoke(call) {
  const headers = call.headersWith({
    'x-fc-invocation-type': call.invocationType,
    'x-fc-log-type': call.logType,
    'x-fc-stateful-async-invocation-enable': call.taskEnable,
    'x-fc-stateful-async-invocation-id': call.taskId,
    'x-fc-trace-id': call.traceId,
    'x-fc-date': call.fcDate,
  });
  const options = { rawBuf: true };
  return clientOf(call).invokeFunction(call.service, call.function, call.payload, headers, call.qualifier, options);
}

// `Client.request`: the SDK has no method only for HTTP triggers.
async function trigger(call) {
  const path = `/proxy/${call.service}/${call.function}${call.path}`;
  return clientOf(call).request(call.method, path, Object.fromEntries(call.query), call.payload, call.headersWith());
}

function clientOf(call) {
  // The SDK requires an account: if the caller has none, a dummy.
  return new Client(call.accountId || '1234567890', {
    accessKeyID: call.accessKeyId,
    accessKeySecret: call.accessKeySecret,
    securityToken: call.securityToken,
    region: 'cn-hangzhou',
    endpoint: `http://${call.authority}`,
    timeout: call.milliseconds,
  });
}

// The SDK returns headers and data without a status, and throws an error with the rest in its text.
function outcomeOf(call, returned, raised) {
  if (!raised) {
    // There is no status: for an asynchronous call, any return value is an acceptance.
    const kind = call.invocationType === 'Async' ? 'accepted' : 'completed';
    // For a JSON type the SDK returns the parsed value, not the payload.
    const { data } = returned;
    const payload = typeof data === 'string' || Buffer.isBuffer(data) ? data : undefined;
    return outcomes.returned(kind, undefined, returned.headers, payload);
  }
  const sentence = String(raised.message).match(SENTENCE);
  if (!sentence) return outcomes.transport(raised) || outcomes.unreadable(raised);
  const outcome = { kind: 'service_error' };
  const [, status, requestId, message] = sentence;
  outcomes.setField(outcome, 'status', Number(status));
  outcomes.setField(outcome, 'code', raised.code);
  // A value that is missing is the text "undefined".
  if (requestId !== 'undefined') outcomes.setField(outcome, 'request_id', requestId);
  if (message !== 'undefined') outcomes.setField(outcome, 'message', message);
  return outcome;
}

// `Client.getSignature`, which takes a decoded path and decoded pairs and adds no header.
function sign(given) {
  const kind = given.kind || 'api';
  if (kind === 'presigned-url') throw new Unsupported('sign.fc.presigned-url');
  const { path, query } = split(given.url);
  const { access_key_id: id, access_key_secret: secret } = given.credentials;
  const headers = Object.fromEntries(given.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const queries = kind === 'http-trigger' ? queryOf(query) : null;
  const authorization = Client.getSignature(id, secret, given.method, path, headers, queries);
  return { headers: [['authorization', authorization]] };
}

module.exports = {
  name: '@alicloud/fc2',
  package: '@alicloud/fc2',
  revision: '2016-08-15',
  scheme: 'fc',
  caps:
    'sign.fc sign.fc.http-trigger build parse invoke ' +
    'invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts ' +
    'outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error ' +
    'clock.own',
  lacks:
    'sign.added-headers sign.encoded-urls build.repeated-headers ' +
    'outcome.success-status outcome.failure-payload outcome.log-decoding ' +
    'function-error.error-status parse.code-bodies',
  load,
  invoke,
  trigger,
  outcomeOf,
  sign,
};
