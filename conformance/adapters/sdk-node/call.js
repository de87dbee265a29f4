'use strict';
// What is asked of an SDK, whatever its interface.

// What was asked for is not in this SDK.
class Unsupported extends Error {}

// One invocation: where to, with which key, and what the caller sets.
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
    // A busy machine must not make a time-out of a case that is not about one.
    this.milliseconds = milliseconds === undefined ? 30_000 : milliseconds;
    // Only recordings have these: what no case asks for.
    this.fcDate = undefined;
    this.bearerToken = undefined;
    this.signatureAlgorithm = undefined;
  }

  // The call of a `build` or an `invoke`.
  static of(given) {
    return new Call(given.endpoint, given.credentials, given.input, given.timeout_ms);
  }

  // The plain call that a `parse` makes.
  static toSeeAResponse(invocationType) {
    const credentials = { access_key_id: 'dummyAccessKeyId', access_key_secret: 'dummyAccessKeySecret' };
    const typed = { service: 'demoService', function: 'demoFunction', payload_b64: 'e30=' };
    if (invocationType === 'Async') typed.invocation_type = 'Async';
    return new Call('http://service.invalid', credentials, typed);
  }

  // `named` and the caller's own headers, as the map that every SDK here takes: the last of a name counts.
  headersWith(named = {}) {
    const set = Object.entries(named).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(set), ...Object.fromEntries(this.headers) };
  }
}

// A text in wire form without its escapes.
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unsupported('a path or query that is no UTF-8: the SDK takes text');
  }
}

// The pairs of a query as the SDKs take them; the values of a repeated key are a list.
function queryOf(query, plusIsBlank = true) {
  const pairs = Object.create(null);
  for (const piece of query.split('&').filter(Boolean)) {
    const text = plusIsBlank ? piece.replaceAll('+', ' ') : piece;
    const at = text.indexOf('=');
    const key = unescaped(at < 0 ? text : text.slice(0, at));
    const value = at < 0 ? '' : unescaped(text.slice(at + 1));
    pairs[key] = key in pairs ? [].concat(pairs[key], value) : value;
  }
  return { ...pairs };
}

// Authority, path and query of a URL, as they are on the wire.
function split(url) {
  const [, authority, path, query] = url.match(/^[a-z]+:\/\/([^/?]*)([^?]*)\??(.*)$/s);
  return { authority, path: path || '/', query };
}

module.exports = { Call, Unsupported, queryOf, split, unescaped };
