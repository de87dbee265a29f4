'use strict';
// The parts of an outcome that all SDKs share.
//
// A field is a value that the SDK gives to its caller in any public way.

const TEXTS = {
  max_memory_mb: 'x-fc-max-memory-usage',
  code_checksum: 'x-fc-code-checksum',
  instance_id: 'x-fc-instance-id',
  service_version: 'x-fc-invocation-service-version',
};

// Sets a field if the value is valid in the protocol: a text or a status.
function setField(outcome, field, value) {
  if (typeof value === (field === 'status' ? 'number' : 'string') && value !== '') outcome[field] = value;
}

// The fields of a result: an SDK returns status, payload and the map of headers.
function returned(kind, status, headers, payload) {
  const named = headers || {};
  const errorType = named['x-fc-error-type'];
  const outcome = { kind: errorType ? 'function_error' : kind };
  setField(outcome, 'error_type', errorType);
  setField(outcome, 'status', status);
  setField(outcome, 'request_id', named['x-fc-request-id']);
  if (outcome.kind === 'accepted') {
    const task = named['x-fc-stateful-async-invocation-id'] || named['x-fc-async-task-id'];
    setField(outcome, 'stateful_async_invocation_id', task);
    return outcome;
  }
  if (payload !== undefined) outcome.payload_b64 = Buffer.from(payload).toString('base64');
  for (const [field, name] of Object.entries(TEXTS)) setField(outcome, field, named[name]);
  const log = named['x-fc-log-result'];
  // The SDK returns it unchanged.
  if (log) outcome.log_tail_b64 = Buffer.from(log).toString('base64');
  return outcome;
}

// The SDK failed on a response without an error of its own.
function unreadable(raised) {
  return { kind: 'bad_response', reason: String(raised && raised.name) };
}

// The outcome of a failed connection; nothing for another exception.
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

module.exports = { setField, returned, transport, unreadable };
