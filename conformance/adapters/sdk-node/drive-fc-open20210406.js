'use strict';
// @alicloud/fc-open20210406: revision 2021-04-06, signed by `ACS3-HMAC-SHA256`.
//
// Replaced: `getTimestamp` of @alicloud/openapi-util, `getNonce` and `getDateUTCString` of the
// @alicloud/tea-util that @alicloud/openapi-client uses.

const { createRequire } = require('node:module');

const tea = require('./drive-tea');

let sdk, options, util, nonces, Request;

function load(from) {
  sdk = from('@alicloud/fc-open20210406');
  const core = createRequire(from.resolve('@alicloud/openapi-client'));
  options = { Config: from('@alicloud/openapi-client').Config, ...from('@alicloud/tea-util') };
  util = core('@alicloud/openapi-util').default;
  nonces = core('@alicloud/tea-util').default;
  Request = core('@alicloud/tea-typescript').Request;
  tea.replace(util, nonces);
}

// `Client.invokeFunctionWithOptions`, with one field for each option.
async function invoke(call) {
  const headers = new sdk.InvokeFunctionHeaders({
    commonHeaders: call.headersWith(),
    xFcAccountId: call.accountId,
    xFcDate: call.fcDate,
    xFcInvocationType: call.invocationType,
    xFcLogType: call.logType,
    xFcStatefulAsyncInvocationEnable: call.taskEnable,
    xFcStatefulAsyncInvocationId: call.taskId,
    xFcTraceId: call.traceId,
  });
  const request = new sdk.InvokeFunctionRequest({ qualifier: call.qualifier, body: call.payload });
  const client = new sdk.default(new options.Config(tea.configOf(call)));
  const runtime = new options.RuntimeOptions(tea.runtimeOf(call));
  return client.invokeFunctionWithOptions(call.service, call.function, request, headers, runtime);
}

// `Client.getStatefulAsyncInvocationWithOptions`, `listStatefulAsyncInvocationsWithOptions` or
// `stopStatefulAsyncInvocationWithOptions`.
async function task(call) {
  const client = new sdk.default(new options.Config(tea.configOf(call)));
  const runtime = new options.RuntimeOptions(tea.runtimeOf(call));
  const names = [call.service, call.function];
  if (call.operation === 'list') {
    const request = new sdk.ListStatefulAsyncInvocationsRequest({ invocationIdPrefix: call.prefix, ...call.filters });
    const headers = new sdk.ListStatefulAsyncInvocationsHeaders({});
    return client.listStatefulAsyncInvocationsWithOptions(...names, request, headers, runtime);
  }
  if (call.operation === 'stop') {
    const request = new sdk.StopStatefulAsyncInvocationRequest({ qualifier: call.qualifier });
    const headers = new sdk.StopStatefulAsyncInvocationHeaders({});
    return client.stopStatefulAsyncInvocationWithOptions(...names, call.taskId, request, headers, runtime);
  }
  const request = new sdk.GetStatefulAsyncInvocationRequest({ qualifier: call.qualifier });
  const headers = new sdk.GetStatefulAsyncInvocationHeaders({});
  return client.getStatefulAsyncInvocationWithOptions(...names, call.taskId, request, headers, runtime);
}

module.exports = {
  name: '@alicloud/fc-open20210406',
  package: '@alicloud/fc-open20210406',
  revision: '2021-04-06',
  scheme: 'acs3',
  caps: tea.CAPS,
  lacks: tea.LACKS,
  load,
  invoke,
  task,
  // The names of the tasks of a list, and of the texts of a task that the other revision names differently.
  tasks: 'invocations',
  taskTexts: { task_id: 'invocationId', error_message: 'invocationErrorMessage', payload: 'invocationPayload' },
  outcomeOf: tea.outcomeOf,
  sign: (given) => tea.sign(util, Request, given),
};
