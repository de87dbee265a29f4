// The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
//
// Implement the operations with calls to your SDK, one after another, and add each one to caps.
// Write logs to console.error. Do not log the text of exceptions: it may contain a key.
// All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
import { createInterface } from "node:readline";

const sdk = { name: "my-sdk", version: "0.1.0", language: "javascript" };
const caps = []; // start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
const lacks = []; // the parts that the SDK does not offer, for example "outcome.success-status"
const revisions = ["2021-04-06"]; // and "2016-08-15", "2023-03-30"

class NotImplemented extends Error {}
class Refused extends Error {} // throw this if the SDK refuses its input before it signs or sends anything

const commands = {
  // Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds.
  async sign(given) {
    // return { headers: [["Date", ...], ["Authorization", ...]], stages: { string_to_sign: ... } };
    throw new NotImplemented();
  },
  // Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent.
  async build(given) {
    // return { method: "POST", url: ..., headers: [[name, value], ...], body_b64: ... };
    throw new NotImplemented();
  },
  // Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller.
  async parse(given) {
    // return { outcome: { kind: "completed", status: 200, payload_b64: ..., request_id: ... } };
    throw new NotImplemented();
  },
  // Like build, but sends the request to given.endpoint and returns the outcome like parse.
  async invoke(given) {
    throw new NotImplemented();
  },
};

async function answer(command, given) {
  if (command === "hello") return { ok: { p: 1, sdk, caps, lacks, revisions } };
  if (!Object.hasOwn(commands, command)) return { unsupported: { cap: command } };
  try {
    return { ok: await commands[command](given) };
  } catch (error) {
    if (error instanceof NotImplemented) return { unsupported: { cap: command } };
    if (error instanceof Refused) return { err: { class: "input", message: "refused" } };
    return { err: { class: "internal", message: String(error?.name) } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { seq, cmd, in: given } = JSON.parse(line);
  if (cmd === "bye") break;
  process.stdout.write(JSON.stringify({ seq, ...(await answer(cmd, given)) }) + "\n");
}
