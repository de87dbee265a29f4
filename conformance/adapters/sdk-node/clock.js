'use strict';
// Sets the time and the nonce of a case for SDK modules that do not accept them as arguments.
//
// Signing is not replaced: an SDK reads the time and the nonce here instead of from the system. Each driver
// lists the functions that it replaces.

const { Unsupported } = require('./call');

const held = { time: null, nonce: null };

// The time in ISO 8601, with whole seconds.
function text(time) {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

// Sets the time to `at`, an RFC 3339 text, and the nonce to `nonce`.
function hold(at, nonce) {
  if (nonce !== undefined && !/^[\x20-\x7e]+$/.test(nonce)) {
    throw new Unsupported('an invalid nonce: the SDK makes its own');
  }
  const time = new Date(at);
  // `Date` converts the 30th of February to a day of March.
  if (Number.isNaN(time.getTime()) || text(time) !== at) throw new Unsupported('a time that does not exist: the SDK reads its own clock');
  held.time = time;
  held.nonce = nonce;
}

// Restores the time of the system and the nonces of the SDK.
function run() {
  held.time = held.nonce = null;
}

module.exports = {
  hold,
  run,
  // Each returns the value that was set, or else the result of `original`.
  httpDate: (original) => (held.time ? held.time.toUTCString() : original()),
  timestamp: (original) => (held.time ? text(held.time) : original()),
  nonce: (original) => (held.nonce ? held.nonce : original()),
};
