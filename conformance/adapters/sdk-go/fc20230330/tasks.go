package main

import (
	fc "github.com/alibabacloud-go/fc-20230330/v4/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/fc-invoke/fc-invoke/conformance/adapters/sdk-go/adapter"
)

// task calls `GetAsyncTaskWithOptions`, `ListAsyncTasksWithOptions` or `StopAsyncTaskWithOptions`.
func task(call *adapter.TaskCall) (map[string]any, error) {
	client, err := clientOf(&call.Call, nil)
	if err != nil {
		return nil, err
	}
	runtime, headers := runtimeOf(&call.Call), map[string]*string{}
	asked := call.Request
	switch asked.Operation {
	case "list":
		request := &fc.ListAsyncTasksRequest{
			IncludePayload:   asked.IncludePayload,
			Limit:            asked.Limit,
			NextToken:        asked.NextToken,
			Prefix:           asked.Prefix,
			Qualifier:        asked.Qualifier,
			SortOrderByTime:  asked.SortOrderByTime,
			StartedTimeBegin: asked.StartedTimeBegin,
			StartedTimeEnd:   asked.StartedTimeEnd,
			Status:           asked.Status,
		}
		response, err := client.ListAsyncTasksWithOptions(&asked.Function, request, headers, runtime)
		if err != nil {
			return failedTask(err)
		}
		output := completed(response.StatusCode, response.Headers)
		if response.Body != nil {
			set(output, "next_token", response.Body.NextToken)
			if response.Body.Tasks != nil {
				output["tasks"] = tasks(response.Body.Tasks)
			}
		}
		return output, nil
	case "stop":
		request := &fc.StopAsyncTaskRequest{Qualifier: asked.Qualifier}
		response, err := client.StopAsyncTaskWithOptions(&asked.Function, asked.TaskID, request, headers, runtime)
		if err != nil {
			return failedTask(err)
		}
		return completed(response.StatusCode, response.Headers), nil
	}
	request := &fc.GetAsyncTaskRequest{Qualifier: asked.Qualifier}
	response, err := client.GetAsyncTaskWithOptions(&asked.Function, asked.TaskID, request, headers, runtime)
	if err != nil {
		return failedTask(err)
	}
	output := completed(response.StatusCode, response.Headers)
	if response.Body != nil {
		output["task"] = fields(response.Body)
	}
	return output, nil
}

func failedTask(err error) (map[string]any, error) {
	outcome, err := failed(err)
	return map[string]any{"outcome": outcome}, err
}

func completed(status *int32, headers map[string]*string) map[string]any {
	outcome := adapter.Outcome{"kind": "completed"}
	setStatus(outcome, status)
	outcome.Set("request_id", dara.StringValue(headers["x-fc-request-id"]))
	return map[string]any{"outcome": outcome}
}

func tasks(found []*fc.AsyncTask) []any {
	all := []any{}
	for _, one := range found {
		if one != nil {
			all = append(all, fields(one))
		}
	}
	return all
}

// fields are the fields of a task that the service sent.
func fields(found *fc.AsyncTask) map[string]any {
	task := map[string]any{}
	set(task, "task_id", found.TaskId)
	set(task, "qualifier", found.Qualifier)
	set(task, "status", found.Status)
	set(task, "started_time", found.StartedTime)
	set(task, "end_time", found.EndTime)
	set(task, "duration_ms", found.DurationMs)
	set(task, "destination_status", found.DestinationStatus)
	set(task, "error_message", found.TaskErrorMessage)
	set(task, "payload", found.TaskPayload)
	set(task, "return_payload", found.ReturnPayload)
	set(task, "already_retried_times", found.AlreadyRetriedTimes)
	set(task, "request_id", found.RequestId)
	set(task, "instance_id", found.InstanceId)
	return task
}

func set[T any](fields map[string]any, name string, value *T) {
	if value != nil {
		fields[name] = *value
	}
}
