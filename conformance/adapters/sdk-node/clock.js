'use strict';
// The time and the nonce of a case, for the SDK modules that have no way to be given them.
//
// Nothing of signing is replaced: an SDK asks here instead of asking the system, and only where its
// own module says `now` or `nonce`. Each driver names what it has replaced.

const { Unsupported } = require('./call');

const held = { time: null, nonce: null };

// The time in ISO 8601, with whole seconds.
function text(time) {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

// From here on the time is `at`, an RFC 3339 text, and the nonce is `nonce`.
function hold(at, nonce) {
  if (nonce !== undefined && !/^[\x20-\x7e]+$/.test(nonce)) {
    throw new Unsupported('a nonce that cannot be sent: the SDK makes its own');
  }
  const time = new Date(at);
  // `Date` takes a 30th of February for a day of March.
  if (Number.isNaN(time.getTime()) || text(time) !== at) throw new Unsupported('a time that no clock tells');
  held.time = time;
  held.nonce = nonce;
}

// From here on the time is the system's, and nonces are the SDK's own.
function run() {
  held.time = held.nonce = null;
}

module.exports = {
  hold,
  run,
  // Each gives what is held, or what `original` says.
  httpDate: (original) => (held.time ? held.time.toUTCString() : original()),
  timestamp: (original) => (held.time ? text(held.time) : original()),
  nonce: (original) => (held.nonce ? held.nonce : original()),
};
