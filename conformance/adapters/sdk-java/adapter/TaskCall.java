import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;

/** An operation on tasks: the endpoint, the credentials and the parameters. */
final class TaskCall extends Call {
    final String operation;

    private TaskCall(JsonObject given) {
        super(given.get("endpoint").getAsString(), given.getAsJsonObject("credentials"),
            given.getAsJsonObject("request"), limit(given));
        this.operation = text("operation");
    }

    static TaskCall ofTask(JsonObject given) throws Unsupported {
        TaskCall call = new TaskCall(given);
        if (!Arrays.asList("get", "list", "stop").contains(call.operation)) {
            throw new Unsupported("tasks." + call.operation);
        }
        return call;
    }

    Long number(String field) {
        JsonElement value = input.get(field);
        return value == null ? null : value.getAsLong();
    }

    Boolean flag(String field) {
        JsonElement value = input.get(field);
        return value == null ? null : value.getAsBoolean();
    }
}
