'use strict';
// The input of a call, independent of the interface of the SDK.

// The SDK does not support the operation.
class Unsupported extends Error {}

// One invocation: the endpoint, the credentials and the input.
class Call {
  constructor(endpoint, credentials, typed, milliseconds) {
    const [scheme, rest] = endpoint.split('://');
    this.scheme = scheme;
    this.authority = rest.split('/')[0];
    this.accessKeyId = credentials.access_key_id;
    this.accessKeySecret = credentials.access_key_secret;
    this.securityToken = credentials.security_token;
    this.service = typed.service;
    this.function = typed.function;
    this.qualifier = typed.qualifier;
    this.invocationType = typed.invocation_type;
    this.logType = typed.log_type;
    this.taskId = typed.stateful_async_invocation_id;
    const enable = typed.stateful_async_invocation_enable;
    this.taskEnable = enable === undefined ? undefined : String(enable);
    this.accountId = typed.account_id;
    this.traceId = typed.trace_id;
    this.headers = typed.headers || [];
    const payload = typed.payload_b64;
    this.payload = payload === undefined ? undefined : Buffer.from(payload, 'base64');
    // On a busy machine a case without a time limit must not time out.
    this.milliseconds = milliseconds === undefined ? 30_000 : milliseconds;
    // These occur only in recordings, not in cases.
    this.fcDate = undefined;
    this.bearerToken = undefined;
    this.signatureAlgorithm = undefined;
  }

  // The call of a `build` or an `invoke`.
  static of(given) {
    return new Call(given.endpoint, given.credentials, given.input, given.timeout_ms);
  }

  // The plain call that `parse` uses.
  static toSeeAResponse(invocationType) {
    const credentials = { access_key_id: 'dummyAccessKeyId', access_key_secret: 'dummyAccessKeySecret' };
    const typed = { service: 'demoService', function: 'demoFunction', payload_b64: 'e30=' };
    if (invocationType === 'Async') typed.invocation_type = 'Async';
    return new Call('http://service.invalid', credentials, typed);
  }

  // `named` and the headers of the caller as a map; the last value of a name is used.
  headersWith(named = {}) {
    const set = Object.entries(named).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(set), ...Object.fromEntries(this.headers) };
  }
}

// The pairs of a query without escapes in the form that the SDKs accept; the values of a repeated key are a list.
function queryOf(query) {
  const pairs = Object.create(null);
  for (const piece of query.split('&').filter(Boolean)) {
    const at = piece.indexOf('=');
    const key = at < 0 ? piece : piece.slice(0, at);
    const value = at < 0 ? '' : piece.slice(at + 1);
    pairs[key] = key in pairs ? [].concat(pairs[key], value) : value;
  }
  return { ...pairs };
}

// Authority, path and query of a URL, as they are on the wire.
function split(url) {
  const [, authority, path, query] = url.match(/^[a-z]+:\/\/([^/?]*)([^?]*)\??(.*)$/s);
  return { authority, path: path || '/', query };
}

module.exports = { Call, Unsupported, queryOf, split };
