#!/usr/bin/env node
'use strict';
// Repeats recorded calls: reads one JSON object per line and writes the requests that arrived at the loopback server.
//
//     node record.js drive-fc2 FOLDER
//
// `cargo xtask record --live` runs it. A line has the recorded `call`, its `credentials`, the `host`, the
// time `at` and the `nonce` of the recording, so that the output is the same, byte for byte, while the SDK
// stays the same. Header values are Latin-1 text, without one leading space. `{"packages": [..]}` requests versions.

const { createRequire } = require('node:module');
const path = require('node:path');
const readline = require('node:readline');
const { Readable } = require('node:stream');

const clock = require('./clock');
const loopback = require('./loopback');
const { Call } = require('./call');

const [driverName, folder] = process.argv.slice(2);
const driver = require(path.join(__dirname, driverName));
const fromFolder = createRequire(path.join(path.resolve(folder), 'package.json'));

// A recorded call; it may have options that cases do not have.
class RecordedCall extends Call {
  constructor({ call, credentials, host, signature_algorithm: algorithm }) {
    super(`http://${host}`, credentials, {
      ...call,
      stateful_async_invocation_id: call.stateful_id,
      stateful_async_invocation_enable: call.stateful_enable,
      payload_b64: undefined,
    });
    this.fcDate = call.fc_date;
    this.bearerToken = credentials.bearer_token;
    this.signatureAlgorithm = algorithm;
    this.method = call.method;
    this.path = call.path;
    this.query = call.query || [];
    this.payload = payloadOf(call);
  }
}

function payloadOf({ body_ref: large, body_b64: base64, body_as: as }) {
  if (large) return Buffer.from(Array.from({ length: large.length }, (_, i) => (i * 31 + (i >> 8) * 17 + 7) % 256));
  if (base64 === undefined) return undefined;
  const payload = Buffer.from(base64, 'base64');
  if (as === 'str') return payload.toString('utf8');
  return as === 'stream' ? Readable.from([payload]) : payload;
}

async function recorded(question) {
  const call = new RecordedCall(question);
  clock.hold(question.at, question.nonce);
  const send = question.call.op === 'invoke' ? driver.invoke : driver.trigger;
  const { requests, raised } = await loopback.exchange(loopback.EMPTY, () => send(call));
  if (requests.length === 0) return { refused: raised && raised.name };
  const [{ method, target, wireHeaders: headers, body }] = requests;
  return { method, target, headers, body_b64: body.toString('base64') };
}

// The versions of packages below the SDK, and of the interpreter.
function versions(names) {
  const found = { Node: process.versions.node };
  for (const name of names) {
    if (name !== 'Node') found[name] = fromFolder(path.join(path.resolve(folder), 'node_modules', name, 'package.json')).version;
  }
  return { versions: found };
}

async function main() {
  driver.load(fromFolder);
  await loopback.start();
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const question = JSON.parse(line);
    const answer = 'packages' in question ? versions(question.packages) : await recorded(question);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}

main();
