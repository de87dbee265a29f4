// Tests of an application that calls functions.
"use strict";

const assert = require("node:assert");
const { Readable } = require("node:stream");
const { after, before, test } = require("node:test");
const sdk = require("@alicloud/fc20230330");
const { Config } = require("@alicloud/openapi-core").$OpenApiUtil;
const { RuntimeOptions } = require("@darabonba/typescript");
const { startFunctionCompute } = require("./function-compute.js");

let functionCompute, functions;

before(async () => {
  functionCompute = await startFunctionCompute();
  // The client of the application. Only the endpoint and the keys differ from those of the service.
  functions = new sdk.default(
    new Config({
      accessKeyId: functionCompute.access_key_id,
      accessKeySecret: functionCompute.access_key_secret,
      endpoint: functionCompute.address,
      protocol: "http",
      regionId: functionCompute.region,
    }),
  );
});

after(() => functionCompute.stop());

async function call(name, payload, headers = {}) {
  const request = new sdk.InvokeFunctionRequest({ body: Readable.from([Buffer.from(payload)]) });
  const answer = await functions.invokeFunctionWithOptions(
    name,
    request,
    new sdk.InvokeFunctionHeaders(headers),
    new RuntimeOptions({}),
  );
  const pieces = [];
  for await (const piece of answer.body) pieces.push(piece);
  return { headers: answer.headers, text: Buffer.concat(pieces).toString() };
}

test("a command answers", async () => {
  const answer = await call("small", "HELLO", { xFcLogType: "Tail" });
  assert.equal(answer.text, "hello");
  assert.ok(answer.headers["x-fc-log-result"]);
});

test("a server answers", async () => {
  assert.equal((await call("capitals", "hello")).text, "HELLO");
});

test("the application tries again while the service is busy", async () => {
  for (let time = 0; time < 2; time++) {
    await assert.rejects(call("flaky", "{}"), { code: "ResourceExhausted" });
  }
  assert.deepEqual(JSON.parse((await call("flaky", "{}")).text), { state: "done" });
});

test("what was called", async () => {
  await call("small", "LATER", { xFcInvocationType: "Async" });
  const answer = await fetch(`${functionCompute.control_url}/calls?function=small`);
  const last = (await answer.json()).calls.at(-1);
  assert.equal(last.kind, "Async");
  assert.equal(last.payload.text, "LATER");
});
