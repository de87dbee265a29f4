// The adapter of my-sdk: fcgate asks in JSON lines on standard input, this answers on standard output.
//
// Fill in one operation after another by calls of your SDK, and claim in caps what it can.
// Logs go to console.error; the text of exceptions stays out of them, for it may hold a key.
// The fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
import { createInterface } from "node:readline";

const sdk = { name: "my-sdk", version: "0.1.0", language: "javascript" };
const caps = []; // for a start "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
const revisions = ["2021-04-06"]; // and "2016-08-15", "2023-03-30"

class NotThere extends Error {}
class Refused extends Error {} // throw it where the SDK refuses its input before anything is signed or sent

const commands = {
  // From scheme, method, url, headers, body_b64, credentials, time and nonce to what signing adds.
  async sign(given) {
    // return { headers: [["Date", ...], ["Authorization", ...]], stages: { string_to_sign: ... } };
    throw new NotThere();
  },
  // From endpoint, scheme, credentials, time, nonce and input to a signed request, unsent.
  async build(given) {
    // return { method: "POST", url: ..., headers: [[name, value], ...], body_b64: ... };
    throw new NotThere();
  },
  // From status, headers and body_b64 to the outcome that a caller of the SDK sees.
  async parse(given) {
    // return { outcome: { kind: "completed", status: 200, payload_b64: ..., request_id: ... } };
    throw new NotThere();
  },
  // Like build, but it is sent to given.endpoint for real; tells the outcome as parse does.
  async invoke(given) {
    throw new NotThere();
  },
};

async function answer(command, given) {
  if (command === "hello") return { ok: { p: 1, sdk, caps, revisions } };
  if (!Object.hasOwn(commands, command)) return { unsupported: { cap: command } };
  try {
    return { ok: await commands[command](given) };
  } catch (error) {
    if (error instanceof NotThere) return { unsupported: { cap: command } };
    if (error instanceof Refused) return { err: { class: "input", message: "refused" } };
    return { err: { class: "internal", message: String(error?.name) } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { seq, cmd, in: given } = JSON.parse(line);
  if (cmd === "bye") break;
  process.stdout.write(JSON.stringify({ seq, ...(await answer(cmd, given)) }) + "\n");
}
