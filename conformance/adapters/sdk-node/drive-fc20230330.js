'use strict';
// @alicloud/fc20230330: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`.
//
// Replaced: `getTimestamp`, `getDateUTCString` and `getNonce` of the `OpenApiUtil` of @alicloud/openapi-core.

const { createRequire } = require('node:module');
const { Readable } = require('node:stream');

const tea = require('./drive-tea');

let sdk, dara, core, util;

function load(from) {
  sdk = from('@alicloud/fc20230330');
  const inside = createRequire(from.resolve('@alicloud/fc20230330'));
  dara = inside('@darabonba/typescript');
  core = inside('@alicloud/openapi-core');
  util = core.OpenApiUtil;
  tea.replace(util, util);
}

// `Client.invokeFunctionWithOptions`; account and trace have no option and are set as headers. The
// returned stream is read to its end.
async function invoke(call) {
  const headers = new sdk.InvokeFunctionHeaders({
    commonHeaders: call.headersWith({
      'X-Fc-Account-Id': call.accountId,
      'X-Fc-Date': call.fcDate,
      'X-Fc-Trace-Id': call.traceId,
      'X-Fc-Stateful-Async-Invocation-Enable': call.taskEnable,
    }),
    xFcAsyncTaskId: call.taskId,
    xFcInvocationType: call.invocationType,
    xFcLogType: call.logType,
  });
  const { payload } = call;
  const body = Buffer.isBuffer(payload) ? Readable.from(payload.length ? [payload] : []) : payload;
  const request = new sdk.InvokeFunctionRequest({ qualifier: call.qualifier, body });
  const client = new sdk.default(new core.$OpenApiUtil.Config(tea.configOf(call)));
  const runtime = new dara.RuntimeOptions(tea.runtimeOf(call));
  const returned = await client.invokeFunctionWithOptions(call.function, request, headers, runtime);
  const parts = [];
  if (returned.body) for await (const part of returned.body) parts.push(part);
  return { statusCode: returned.statusCode, headers: returned.headers, body: Buffer.concat(parts) };
}

// `Client.getAsyncTaskWithOptions`, `listAsyncTasksWithOptions` or `stopAsyncTaskWithOptions`.
async function task(call) {
  const client = new sdk.default(new core.$OpenApiUtil.Config(tea.configOf(call)));
  const runtime = new dara.RuntimeOptions(tea.runtimeOf(call));
  if (call.operation === 'list') {
    const request = new sdk.ListAsyncTasksRequest({ prefix: call.prefix, ...call.filters });
    return client.listAsyncTasksWithOptions(call.function, request, {}, runtime);
  }
  if (call.operation === 'stop') {
    const request = new sdk.StopAsyncTaskRequest({ qualifier: call.qualifier });
    return client.stopAsyncTaskWithOptions(call.function, call.taskId, request, {}, runtime);
  }
  const request = new sdk.GetAsyncTaskRequest({ qualifier: call.qualifier });
  return client.getAsyncTaskWithOptions(call.function, call.taskId, request, {}, runtime);
}

module.exports = {
  name: '@alicloud/fc20230330',
  package: '@alicloud/fc20230330',
  revision: '2023-03-30',
  scheme: 'acs3',
  caps: tea.CAPS,
  lacks: tea.LACKS,
  load,
  invoke,
  task,
  // The names of the tasks of a list, and of the texts of a task that the other revision names differently.
  tasks: 'tasks',
  taskTexts: { task_id: 'taskId', error_message: 'taskErrorMessage', payload: 'taskPayload' },
  outcomeOf: tea.outcomeOf,
  sign: (given) => tea.sign(util, dara.Request, given),
};
