'use strict';
// Pieces of an outcome that the SDKs have in common.
//
// A field is what the SDK offers as a value. Where it puts a value into a sentence, only a message is
// taken out of it again, because a sentence is for people; anything else in there is not offered.

const TEXTS = {
  max_memory_mb: 'x-fc-max-memory-usage',
  code_checksum: 'x-fc-code-checksum',
  instance_id: 'x-fc-instance-id',
  service_version: 'x-fc-invocation-service-version',
};

// Sets a field if the value is valid in the protocol: a text or a status.
function put(outcome, field, value) {
  if (typeof value === (field === 'status' ? 'number' : 'string') && value !== '') outcome[field] = value;
}

// What an SDK returned: the map of headers is all that it offers in addition to status and payload.
function returned(kind, status, headers, payload) {
  const named = headers || {};
  const outcome = { kind };
  put(outcome, 'status', status);
  put(outcome, 'request_id', named['x-fc-request-id']);
  if (kind === 'accepted') {
    const task = named['x-fc-stateful-async-invocation-id'] || named['x-fc-async-task-id'];
    put(outcome, 'stateful_async_invocation_id', task);
    return outcome;
  }
  if (payload !== undefined) outcome.payload_b64 = Buffer.from(payload).toString('base64');
  for (const [field, name] of Object.entries(TEXTS)) put(outcome, field, named[name]);
  const log = named['x-fc-log-result'];
  // It is handed out as it came.
  if (log) outcome.log_tail_b64 = Buffer.from(log).toString('base64');
  return outcome;
}

// The SDK gave up over a response, without an error of its own.
function unreadable(raised) {
  return { kind: 'bad_response', reason: String(raised && raised.name) };
}

// The outcome of a connection that failed; nothing where that is not what happened.
function transport(raised) {
  const name = String(raised && raised.name);
  const code = String(raised && raised.code);
  const failed = (kind) => ({ kind: 'transport_error', class: kind });
  if (/Timeout/.test(name) || code === 'ETIMEDOUT') return failed('timeout');
  if (code === 'ECONNREFUSED') return failed('connect');
  if (code.startsWith('HPE_')) return failed('malformed');
  if (['ECONNRESET', 'ECONNABORTED', 'EPIPE'].includes(code)) return failed('truncated');
  if (/^E[A-Z]+$/.test(code)) return failed('other');
  return null;
}

module.exports = { put, returned, transport, unreadable };
