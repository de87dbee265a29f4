#!/usr/bin/env node
'use strict';
// Runs an official Node SDK as an adapter: reads and writes one JSON object per line.
//
//     node adapter.js drive-fc2 FOLDER
//
// The first argument names the module in this folder that drives the SDK, the second the folder in
// whose `node_modules` the SDK is installed. A driver has `name`, `package`, `caps`, `lacks`, `revision`,
// `scheme`, `load(sdk)`, `invoke(call)`, `outcomeOf(call, returned, raised)`, `sign(given)` and, where the SDK has
// operations on tasks, `task(call)`, `tasks` and `taskTexts`.

const { createRequire } = require('node:module');
const path = require('node:path');
const readline = require('node:readline');

const loopback = require('./loopback');
const tasks = require('./tasks');
const { Call, Unsupported } = require('./call');

// The output of an SDK must not be read as a reply.
console.log = console.info = console.debug = console.error;

const [driverName, folder] = process.argv.slice(2);
const driver = require(path.join(__dirname, driverName));
const fromFolder = createRequire(path.join(path.resolve(folder), 'package.json'));

function hello() {
  const { version } = fromFolder(`${driver.package}/package.json`);
  const sdk = { name: driver.name, version, language: 'node' };
  return { p: 1, sdk, caps: driver.caps.split(' '), lacks: driver.lacks.split(' '), revisions: [driver.revision], parallel: 1 };
}

async function sign(given) {
  if (given.scheme !== driver.scheme) throw new Unsupported(`sign.${given.scheme}`);
  return driver.sign(given);
}

// Returns `given` if the SDK supports its revision and scheme.
function needsRevision(given) {
  if (given.revision !== driver.revision || given.scheme !== driver.scheme) {
    throw new Unsupported(`${given.revision} with ${given.scheme}`);
  }
  return given;
}

// The first request of a call, as it arrived at the loopback server.
async function build(given) {
  const call = Call.of(needsRevision(given));
  const { requests, raised } = await loopback.exchange(loopback.EMPTY, () => driver.invoke(call));
  if (requests.length === 0) throw raised || new Error('the SDK sent nothing');
  const [request] = requests;
  return {
    method: request.method,
    url: `${call.scheme}://${request.header('host') || call.authority}${request.target}`,
    headers: request.headers,
    body_b64: request.body.toString('base64'),
  };
}

// The outcome of a response that the loopback server plays.
async function parse(given) {
  const call = Call.toSeeAResponse(given.invocation_type);
  const answer = loopback.raw(given.status, given.headers, Buffer.from(given.body_b64, 'base64'));
  const { returned, raised } = await loopback.exchange(answer, () => driver.invoke(call));
  return { outcome: driver.outcomeOf(call, returned, raised) };
}

// A real exchange with the endpoint of the case.
async function invoke(given) {
  if ('retry' in given) throw new Unsupported('retry');
  const call = Call.of(needsRevision(given));
  const { returned, raised } = await loopback.directly(() => driver.invoke(call));
  return { outcome: driver.outcomeOf(call, returned, raised) };
}

// An operation on tasks, a real exchange with the endpoint of the case.
async function task(given) {
  if (!driver.task) throw new Unsupported('tasks');
  return tasks.perform(driver, needsRevision(given));
}

const COMMANDS = { hello, sign, build, parse, invoke, task };

async function answer(command, given) {
  try {
    if (!Object.hasOwn(COMMANDS, command)) throw new Unsupported(command);
    return { ok: await COMMANDS[command](given) };
  } catch (fault) {
    if (fault instanceof Unsupported) return { unsupported: { cap: fault.message } };
    // The reply must not contain the text of the error: it may contain a credential.
    const place = String(fault && fault.stack).match(/at .*[\\/]([^\\/]+:\d+):\d+/);
    const inside = /node_modules|node:/.test(String(fault && fault.stack).split('\n    at ')[1] || '');
    const message = `${fault && fault.name} at ${place ? place[1] : 'an unknown place'}`;
    // An exception of the SDK before it sends is a refusal; any other exception is a fault of this adapter.
    return { err: { class: inside ? 'input' : 'internal', message } };
  }
}

// JSON can contain a lone surrogate, which is not valid UTF-8.
function wellFormed(_key, value) {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

async function main() {
  driver.load(fromFolder);
  await loopback.start();
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const question = JSON.parse(line);
    if (question.cmd === 'bye') break;
    const reply = await answer(question.cmd, question.in || {});
    process.stdout.write(`${JSON.stringify({ seq: question.seq, ...reply }, wellFormed)}\n`);
  }
  process.exit(0);
}

main();
