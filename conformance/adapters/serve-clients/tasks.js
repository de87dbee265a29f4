// Invokes functions of `fcgate serve` asynchronously with an official Node.js SDK, and reads, lists and stops their tasks.
//
//     node tasks.js SDK http://127.0.0.1:PORT
//
// One line per call. The SDK is found through NODE_PATH; NODE_EXTRA_CA_CERTS is read as by node.js.
"use strict";

const { Readable } = require("stream");

const keyId = "LTAI5dummyAccessKeyId";
const secret = "dummySecretForLoopbackOnly";
const payload = '{"key":"value"}';

function operations(endpoint, isOlder) {
  const sdk = isOlder ? require("@alicloud/fc-open20210406") : require("@alicloud/fc20230330");
  const { Config } = isOlder ? require("@alicloud/openapi-client") : require("@alicloud/openapi-core").$OpenApiUtil;
  const { RuntimeOptions } = isOlder ? require("@alicloud/tea-util") : require("@darabonba/typescript");
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
  const names = isOlder ? ["demoService"] : [];
  const call = (operation, ...values) => {
    const method = operation[0].toLowerCase() + operation.slice(1) + "WithOptions";
    return client[method](...names, ...values, new RuntimeOptions({}));
  };
  const headers = (operation) => (isOlder ? new sdk[`${operation}Headers`]({}) : {});
  const request = (operation, values) => new sdk[`${operation}Request`](values);
  const operationOf = (verb) =>
    `${verb}${isOlder ? "StatefulAsyncInvocation" : "AsyncTask"}${verb === "List" ? "s" : ""}`;
  return {
    async invoke(name, task) {
      const values = { xFcInvocationType: "Async" };
      values[isOlder ? "xFcStatefulAsyncInvocationId" : "xFcAsyncTaskId"] = task;
      const body = isOlder ? Buffer.from(payload) : Readable.from([Buffer.from(payload)]);
      const typed = new sdk.InvokeFunctionHeaders(values);
      return (await call("InvokeFunction", name, request("InvokeFunction", { body }), typed)).statusCode;
    },
    async get(name, task) {
      const operation = operationOf("Get");
      const { body } = await call(operation, name, task, request(operation, {}), headers(operation));
      return [body.status, body.returnPayload].filter(Boolean).join(" ");
    },
    async stop(name, task) {
      const operation = operationOf("Stop");
      return (await call(operation, name, task, request(operation, {}), headers(operation))).statusCode;
    },
    async list(name, nextToken) {
      const operation = operationOf("List");
      const values = { includePayload: true, limit: 1, nextToken, sortOrderByTime: "asc" };
      const { body } = await call(operation, name, request(operation, values), headers(operation));
      const found = isOlder ? body.invocations : body.tasks;
      const of = (one) => (isOlder ? [one.invocationId, one.invocationPayload] : [one.taskId, one.taskPayload]);
      return { page: found.map(of), token: body.nextToken };
    },
  };
}

async function main([sdk, endpoint]) {
  const tasks = operations(endpoint, sdk.includes("open"));
  const show = async (title, call) => {
    try {
      console.log(title, await call());
    } catch (error) {
      console.log(title, error.code || error.name);
    }
  };
  for (const [name, task] of [
    ["echo", "t1"],
    ["echo", "t1"],
    ["echo", "t2"],
    ["task-endless", "t3"],
  ]) {
    await show(`invoke ${task}`, () => tasks.invoke(name, task));
  }
  for (let poll = 0; poll < 3; poll += 1) await show("get t1", () => tasks.get("echo", "t1"));
  await show("get t9", () => tasks.get("echo", "t9"));
  let token = "";
  while (token !== undefined) {
    const found = await tasks.list("echo", token);
    for (const [task, text] of found.page) console.log("list", task, text);
    token = found.token;
  }
  await show("stop t3", () => tasks.stop("task-endless", "t3"));
  await show("get t3", () => tasks.get("task-endless", "t3"));
  await show("get t3", () => tasks.get("task-endless", "t3"));
  await show("stop t1", () => tasks.stop("echo", "t1"));
  // An open connection would keep the process running.
  process.exit(0);
}

main(process.argv.slice(2));
