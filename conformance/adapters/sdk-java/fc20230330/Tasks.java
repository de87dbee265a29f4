import com.aliyun.fc20230330.Client;
import com.aliyun.fc20230330.models.AsyncTask;
import com.aliyun.fc20230330.models.GetAsyncTaskRequest;
import com.aliyun.fc20230330.models.GetAsyncTaskResponse;
import com.aliyun.fc20230330.models.ListAsyncTasksRequest;
import com.aliyun.fc20230330.models.ListAsyncTasksResponse;
import com.aliyun.fc20230330.models.StopAsyncTaskRequest;
import com.aliyun.fc20230330.models.StopAsyncTaskResponse;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations on tasks, and the tasks that the SDK returns. */
final class Tasks {
    private Tasks() {}

    static JsonObject perform(TaskCall call) throws Exception {
        Loopback exchange = Loopback.directly(() -> send(call));
        if (exchange.thrown instanceof Exception && Outcomes.isRefusal(exchange.thrown)) {
            throw (Exception) exchange.thrown;
        }
        if (exchange.thrown == null) {
            return (JsonObject) exchange.returned;
        }
        JsonObject output = new JsonObject();
        output.add("outcome", Fc20230330.failed(exchange.thrown));
        return output;
    }

    private static JsonObject send(TaskCall call) throws Exception {
        Client client = Fc20230330.client(call);
        RuntimeOptions runtime = Fc20230330.runtime(call);
        Map<String, String> headers = new HashMap<>();
        String function = call.text("function");
        String id = call.text("task_id");
        switch (call.operation) {
            case "list": {
                ListAsyncTasksResponse response =
                    client.listAsyncTasksWithOptions(function, filters(call), headers, runtime);
                return listed(completed(response.statusCode, response.headers), response);
            }
            case "stop": {
                StopAsyncTaskRequest request = new StopAsyncTaskRequest();
                request.qualifier = call.text("qualifier");
                StopAsyncTaskResponse response =
                    client.stopAsyncTaskWithOptions(function, id, request, headers, runtime);
                return completed(response.statusCode, response.headers);
            }
            default: {
                GetAsyncTaskRequest request = new GetAsyncTaskRequest();
                request.qualifier = call.text("qualifier");
                GetAsyncTaskResponse response = client.getAsyncTaskWithOptions(function, id, request, headers, runtime);
                JsonObject output = completed(response.statusCode, response.headers);
                if (response.body != null) {
                    output.add("task", fields(response.body));
                }
                return output;
            }
        }
    }

    private static ListAsyncTasksRequest filters(TaskCall call) {
        ListAsyncTasksRequest request = new ListAsyncTasksRequest();
        request.includePayload = call.flag("include_payload");
        Long limit = call.number("limit");
        request.limit = limit == null ? null : limit.intValue();
        request.nextToken = call.text("next_token");
        request.prefix = call.text("prefix");
        request.qualifier = call.text("qualifier");
        request.sortOrderByTime = call.text("sort_order_by_time");
        request.startedTimeBegin = call.number("started_time_begin");
        request.startedTimeEnd = call.number("started_time_end");
        request.status = call.text("status");
        return request;
    }

    private static JsonObject listed(JsonObject output, ListAsyncTasksResponse response) {
        if (response.body == null) {
            return output;
        }
        set(output, "next_token", response.body.nextToken);
        List<AsyncTask> found = response.body.tasks;
        if (found != null) {
            JsonArray tasks = new JsonArray();
            for (AsyncTask task : found) {
                if (task != null) {
                    tasks.add(fields(task));
                }
            }
            output.add("tasks", tasks);
        }
        return output;
    }

    private static JsonObject completed(Integer status, Map<String, String> headers) {
        JsonObject outcome = new JsonObject();
        outcome.addProperty("kind", "completed");
        set(outcome, "status", status);
        if (headers != null) {
            Outcomes.set(outcome, "request_id", headers.get("x-fc-request-id"));
        }
        JsonObject output = new JsonObject();
        output.add("outcome", outcome);
        return output;
    }

    private static JsonObject fields(AsyncTask found) {
        JsonObject task = new JsonObject();
        set(task, "task_id", found.taskId);
        set(task, "qualifier", found.qualifier);
        set(task, "status", found.status);
        set(task, "started_time", found.startedTime);
        set(task, "end_time", found.endTime);
        set(task, "duration_ms", found.durationMs);
        set(task, "destination_status", found.destinationStatus);
        set(task, "error_message", found.taskErrorMessage);
        set(task, "payload", found.taskPayload);
        set(task, "return_payload", found.returnPayload);
        set(task, "already_retried_times", found.alreadyRetriedTimes);
        set(task, "request_id", found.requestId);
        set(task, "instance_id", found.instanceId);
        return task;
    }

    private static void set(JsonObject fields, String name, Object value) {
        if (value instanceof Number) {
            fields.addProperty(name, (Number) value);
        } else if (value != null) {
            fields.addProperty(name, (String) value);
        }
    }
}
