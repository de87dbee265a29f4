// Calls functions of `fcgate serve` with an official Node.js SDK, and prints the result of each call.
//
//     node node.js SDK http://127.0.0.1:PORT FUNCTION...
//
// One line per call: the function, `ok` or `error`, and the payload or the error code.
// The SDK is found through NODE_PATH. For an endpoint with https, NODE_EXTRA_CA_CERTS names the file with the CA
// certificate of `fcgate serve --tls`.
"use strict";

const { Readable } = require("stream");

const keyId = "LTAI5dummyAccessKeyId";
const secret = "dummySecretForLoopbackOnly";
const payload = '{"key":"value"}';

function byFc2(endpoint) {
  const Client = require("@alicloud/fc2");
  const client = new Client("1234567890123456", {
    accessKeyID: keyId,
    accessKeySecret: secret,
    region: "cn-hangzhou",
    endpoint,
  });
  return async (name) => {
    const answer = await client.invokeFunction("demoService", name, payload, {}, "LATEST");
    return typeof answer.data === "string" ? answer.data : JSON.stringify(answer.data);
  };
}

function byTea(endpoint, hasService) {
  const sdk = hasService ? require("@alicloud/fc-open20210406") : require("@alicloud/fc20230330");
  const { Config } = hasService
    ? require("@alicloud/openapi-client")
    : require("@alicloud/openapi-core").$OpenApiUtil;
  const { RuntimeOptions } = hasService ? require("@alicloud/tea-util") : require("@darabonba/typescript");
  const { protocol, host } = new URL(endpoint);
  const client = new sdk.default(
    new Config({
      accessKeyId: keyId,
      accessKeySecret: secret,
      endpoint: host,
      protocol: protocol.replace(":", ""),
      regionId: "cn-hangzhou",
    }),
  );
  return async (name) => {
    const body = hasService ? Buffer.from(payload) : Readable.from([Buffer.from(payload)]);
    const request = new sdk.InvokeFunctionRequest({ body, qualifier: "LATEST" });
    const names = hasService ? ["demoService", name] : [name];
    const headers = new sdk.InvokeFunctionHeaders({});
    const answer = await client.invokeFunctionWithOptions(...names, request, headers, new RuntimeOptions({}));
    if (Buffer.isBuffer(answer.body)) return answer.body.toString();
    const pieces = [];
    for await (const piece of answer.body) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };
}

const clients = {
  "node-fc2": byFc2,
  "node-fc-open20210406": (endpoint) => byTea(endpoint, true),
  "node-fc20230330": (endpoint) => byTea(endpoint, false),
};

async function main([sdk, endpoint, ...functions]) {
  const call = clients[sdk](endpoint);
  for (const name of functions) {
    try {
      console.log(name, "ok", await call(name));
    } catch (error) {
      console.log(name, "error", error.code || error.name);
    }
  }
  // An open connection would keep the process running.
  process.exit(0);
}

main(process.argv.slice(2));
