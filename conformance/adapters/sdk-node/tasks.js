'use strict';
// The command `task`: an operation on asynchronous tasks, and the tasks that the SDK returns.

const loopback = require('./loopback');
const outcomes = require('./outcomes');
const { Call, Unsupported } = require('./call');

const OPERATIONS = ['get', 'list', 'stop'];

// The fields of a task that both revisions name alike.
const TEXTS = {
  qualifier: 'qualifier',
  status: 'status',
  destination_status: 'destinationStatus',
  return_payload: 'returnPayload',
  request_id: 'requestId',
  instance_id: 'instanceId',
};
const NUMBERS = {
  started_time: 'startedTime',
  end_time: 'endTime',
  duration_ms: 'durationMs',
  already_retried_times: 'alreadyRetriedTimes',
};

// One operation on tasks: the endpoint, the credentials and the parameters.
class TaskCall extends Call {
  constructor({ endpoint, credentials, timeout_ms: milliseconds, request: asked }) {
    super(endpoint, credentials, asked, milliseconds);
    this.operation = asked.operation;
    this.taskId = asked.task_id;
    this.prefix = asked.prefix;
    // The parameters of a list that both revisions name alike.
    this.filters = {
      qualifier: asked.qualifier,
      status: asked.status,
      startedTimeBegin: asked.started_time_begin,
      startedTimeEnd: asked.started_time_end,
      sortOrderByTime: asked.sort_order_by_time,
      includePayload: asked.include_payload,
      limit: asked.limit,
      nextToken: asked.next_token,
    };
  }
}

// A real exchange with the endpoint of the case.
async function perform(driver, given) {
  const { operation } = given.request;
  if (!OPERATIONS.includes(operation)) throw new Unsupported(`tasks.${operation}`);
  const call = new TaskCall(given);
  const { returned, raised } = await loopback.directly(() => driver.task(call));
  return raised ? { outcome: driver.outcomeOf(call, undefined, raised) } : outputOf(driver, operation, returned);
}

// What a returned response gives to the caller; a stop has no body.
function outputOf(driver, operation, { statusCode, headers, body }) {
  const outcome = { kind: 'completed' };
  outcomes.setField(outcome, 'status', statusCode);
  outcomes.setField(outcome, 'request_id', (headers || {})['x-fc-request-id']);
  if (operation === 'stop' || !body) return { outcome };
  if (operation === 'get') return { outcome, task: taskOf(driver, body) };
  const found = body[driver.tasks];
  return {
    outcome,
    tasks: found ? found.map((one) => taskOf(driver, one)) : undefined,
    next_token: typeof body.nextToken === 'string' ? body.nextToken : undefined,
  };
}

// The fields of a task that are texts and numbers, as the SDK declares them.
function taskOf(driver, found) {
  const task = {};
  for (const [name, ofSdk] of Object.entries({ ...TEXTS, ...driver.taskTexts })) {
    if (typeof found[ofSdk] === 'string') task[name] = found[ofSdk];
  }
  for (const [name, ofSdk] of Object.entries(NUMBERS)) {
    if (Number.isInteger(found[ofSdk])) task[name] = found[ofSdk];
  }
  return task;
}

module.exports = { perform };
