'use strict';
// A server in this process that stores requests byte for byte and sends a raw response.
//
// During an exchange every host and port resolves to this server: an SDK signs and sends the
// host of the case and reaches no other server. Otherwise only loopback addresses are reachable.

const http = require('node:http');
const https = require('node:https');
const net = require('node:net');

const EMPTY = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
// The target of a redirect: a client that follows one gets a success response.
const AFTER_A_REDIRECT = EMPTY;
const BLANK_LINE = Buffer.from('\r\n\r\n');

const server = net.createServer({ allowHalfOpen: true }, serve);
let current = null;
const dialled = new Set();

// A request as it arrived.
class Request {
  constructor(head, body) {
    const [first, ...lines] = head.split('\r\n');
    [this.method, this.target] = first.split(' ');
    // As on the wire: Latin-1 text, without one leading space.
    this.wireHeaders = lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
    });
    this.headers = this.wireHeaders.map(([name, value]) => [name, text(value.replace(/^[ \t]+|[ \t]+$/g, ''))]);
    this.body = body;
  }

  // The first value of a header.
  header(name) {
    return (this.headers.find(([other]) => other.toLowerCase() === name) || [])[1];
  }
}

// Decodes Latin-1 text as UTF-8, if its bytes are valid UTF-8.
function text(latin1) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

// Listens on a free port of the loopback interface.
function start() {
  for (const agent of [http.Agent, https.Agent]) agent.prototype.createConnection = dial;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function dial(options, connected) {
  let { host, port } = options;
  if (current) ({ address: host, port } = server.address());
  if (host !== '127.0.0.1' && host !== 'localhost') throw new Error('only the loopback interface is reachable');
  const socket = net.connect({ host: '127.0.0.1', port: Number(port) }, connected);
  dialled.add(socket);
  socket.once('close', () => dialled.delete(socket));
  return socket;
}

async function watch(call) {
  const this_ = { requests: [] };
  try {
    this_.returned = await call();
  } catch (raised) {
    this_.raised = raised; // Every exception is a result of the SDK.
  }
  return this_;
}

// Sends `answer` to every request of `call`.
async function exchange(answer, call) {
  const requests = [];
  current = { answer, requests };
  try {
    return { ...(await watch(call)), requests };
  } finally {
    current = null;
    hangUp();
  }
}

// Runs `call` with access to loopback addresses.
async function directly(call) {
  try {
    return await watch(call);
  } finally {
    hangUp();
  }
}

// Closes all connections: the next call must not reuse a connection that is about to end.
function hangUp() {
  for (const socket of dialled) socket.destroy();
}

// A response in bytes; a body without framing ends with the connection.
function raw(status, headers, body) {
  const lines = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] || 'Unknown'}`];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  const chunked = headers.some(([name, value]) => `${name}: ${value}`.toLowerCase() === 'transfer-encoding: chunked');
  const chunk = body.length ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')] : [];
  const framed = chunked ? Buffer.concat([...chunk, Buffer.from('0\r\n\r\n')]) : body;
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), framed]);
}

function serve(socket) {
  const this_ = current;
  let octets = Buffer.alloc(0);
  let done = !this_;
  socket.on('error', () => {}); // The SDK may close the connection.
  if (done) socket.destroy();
  socket.on('data', (some) => {
    if (done) return;
    octets = Buffer.concat([octets, some]);
    const request = read(octets);
    if (!request) return;
    done = true;
    const answer = this_.requests.length === 0 ? this_.answer : AFTER_A_REDIRECT;
    this_.requests.push(request);
    socket.end(answer);
  });
  socket.on('end', () => socket.end());
}

// Parses a request from these bytes; returns nothing if bytes are missing.
function read(octets) {
  const end = octets.indexOf(BLANK_LINE);
  if (end < 0) return null;
  const head = octets.subarray(0, end).toString('latin1');
  const rest = octets.subarray(end + BLANK_LINE.length);
  if (/^transfer-encoding:\s*chunked\s*$/im.test(head)) {
    const body = dechunked(rest);
    return body && new Request(head, body);
  }
  const length = Number((head.match(/^content-length:\s*(\d+)\s*$/im) || [0, 0])[1]);
  return rest.length < length ? null : new Request(head, rest.subarray(0, length));
}

function dechunked(octets) {
  const parts = [];
  let at = 0;
  for (;;) {
    const end = octets.indexOf('\r\n', at);
    if (end < 0) return null;
    const size = parseInt(octets.subarray(at, end).toString('latin1'), 16);
    at = end + 2;
    if (octets.length < at + size + 2) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(octets.subarray(at, at + size));
    at += size + 2;
  }
}

module.exports = { EMPTY, directly, exchange, raw, start };
