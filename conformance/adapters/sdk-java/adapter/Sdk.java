import com.google.gson.JsonObject;

/** An official SDK and the functions that drive it. */
interface Sdk {
    String name();

    /** The group and the artifact of its package, separated by a colon. */
    String artifact();

    String revision();

    String scheme();

    String caps();

    String lacks();

    /** Calls the public signing functions: headers, and for a pre-signed URL the URL. */
    JsonObject sign(JsonObject given) throws Exception;

    /** Makes the invocation call and returns what the SDK returns. */
    Object invoke(Call call) throws Exception;

    /** The outcome of a returned value, or of what the SDK threw. */
    JsonObject outcome(Call call, Object returned, Throwable thrown);

    /** Makes an operation on tasks. */
    default JsonObject task(TaskCall call) throws Exception {
        throw new Unsupported("tasks");
    }
}
