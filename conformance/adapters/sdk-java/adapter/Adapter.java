import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/**
 * Runs an official Java SDK as an adapter: reads and writes one JSON object per line. The argument is the name of the
 * class that drives the SDK.
 */
public final class Adapter {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private final Sdk sdk;

    private Adapter(Sdk sdk) {
        this.sdk = sdk;
    }

    /** Answers line by line until `bye` or the end of input. */
    public static void main(String[] arguments) throws Exception {
        PrintStream replies = new PrintStream(System.out, false, "UTF-8");
        System.setOut(System.err); // A library that prints must not end the run.
        Loopback.install();
        Adapter adapter = new Adapter((Sdk) Class.forName(arguments[0]).getDeclaredConstructor().newInstance());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject question = new JsonParser().parse(line).getAsJsonObject();
            String command = question.get("cmd").getAsString();
            if (command.equals("bye")) {
                break;
            }
            JsonObject given = question.has("in") ? question.getAsJsonObject("in") : new JsonObject();
            JsonObject reply = adapter.reply(command, given);
            reply.add("seq", question.get("seq"));
            replies.print(GSON.toJson(reply) + "\n");
            replies.flush();
        }
        Runtime.getRuntime().halt(0); // The SDKs leave threads behind.
    }

    private JsonObject reply(String command, JsonObject given) {
        JsonObject reply = new JsonObject();
        try {
            reply.add("ok", perform(command, given));
        } catch (Unsupported missing) {
            JsonObject unsupported = new JsonObject();
            unsupported.addProperty("cap", missing.getMessage());
            reply.add("unsupported", unsupported);
        } catch (Throwable fault) {
            boolean inside = false;
            for (Throwable link = fault; link != null; link = link.getCause()) {
                for (StackTraceElement place : link.getStackTrace()) {
                    inside |= place.getClassName().startsWith("com.aliyun");
                }
            }
            JsonObject err = new JsonObject();
            // An exception of the SDK before it sends is a refusal; any other is a fault of this adapter.
            err.addProperty("class", inside ? "input" : "internal");
            // The text of an exception may contain a credential.
            StackTraceElement[] trace = fault.getStackTrace();
            err.addProperty("message", fault.getClass().getName() + (trace.length > 0 ? " at " + trace[0] : ""));
            reply.add("err", err);
        }
        return reply;
    }

    private JsonObject perform(String command, JsonObject given) throws Exception {
        switch (command) {
            case "hello":
                return hello();
            case "sign":
                if (!sdk.scheme().equals(Call.text(given, "scheme"))) {
                    throw new Unsupported("sign." + Call.text(given, "scheme"));
                }
                return sdk.sign(given);
            case "build":
                return build(Call.of(ofRevision(given)));
            case "parse":
                return parse(given);
            case "invoke":
                if (given.has("retry")) {
                    throw new Unsupported("retry");
                }
                Call call = Call.of(ofRevision(given));
                return outcome(call, Loopback.directly(() -> sdk.invoke(call)));
            case "task":
                return sdk.task(TaskCall.ofTask(ofRevision(given)));
            default:
                throw new Unsupported(command);
        }
    }

    /** The name, the version and the capabilities of the SDK. */
    private JsonObject hello() throws Exception {
        JsonObject named = new JsonObject();
        named.addProperty("name", sdk.name());
        named.addProperty("version", version());
        named.addProperty("language", "java");
        JsonObject hello = new JsonObject();
        hello.addProperty("p", 1);
        hello.add("sdk", named);
        hello.add("caps", words(sdk.caps()));
        hello.add("lacks", words(sdk.lacks()));
        hello.add("revisions", words(sdk.revision()));
        hello.addProperty("parallel", 1);
        return hello;
    }

    /** The version in the package of the SDK. */
    private String version() throws Exception {
        String path = "/META-INF/maven/" + sdk.artifact().replace(':', '/') + "/pom.properties";
        try (InputStream stream = Adapter.class.getResourceAsStream(path)) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        }
    }

    private static JsonArray words(String text) {
        JsonArray words = new JsonArray();
        for (String word : text.split(" ")) {
            words.add(new com.google.gson.JsonPrimitive(word));
        }
        return words;
    }

    private JsonObject ofRevision(JsonObject given) throws Unsupported {
        String revision = Call.text(given, "revision");
        String scheme = Call.text(given, "scheme");
        if (!sdk.revision().equals(revision) || !sdk.scheme().equals(scheme)) {
            throw new Unsupported(revision + " with " + scheme);
        }
        return given;
    }

    /** The first request of a call, as it arrived at the loopback server. */
    private JsonObject build(Call call) throws Exception {
        Loopback exchange = Loopback.exchange(Loopback.EMPTY, () -> sdk.invoke(call));
        if (exchange.requests.isEmpty()) {
            if (exchange.thrown instanceof Exception) {
                throw (Exception) exchange.thrown;
            }
            throw new IllegalStateException("the SDK sent nothing", exchange.thrown);
        }
        Loopback.Request request = exchange.requests.get(0);
        String host = request.header("host") == null ? call.authority : request.header("host");
        JsonObject built = new JsonObject();
        built.addProperty("method", request.method);
        built.addProperty("url", call.scheme + "://" + host + request.target);
        built.add("headers", GSON.toJsonTree(request.headers));
        built.addProperty("body_b64", Base64.getEncoder().encodeToString(request.body));
        return built;
    }

    /** The outcome of a response that the loopback server plays. */
    private JsonObject parse(JsonObject given) throws Exception {
        Call call = Call.toSeeAResponse(Call.text(given, "invocation_type"));
        byte[] body = Base64.getDecoder().decode(Call.text(given, "body_b64"));
        byte[] answer = Loopback.raw(given.get("status").getAsInt(), Call.list(given.getAsJsonArray("headers")), body);
        return outcome(call, Loopback.exchange(answer, () -> sdk.invoke(call)));
    }

    private JsonObject outcome(Call call, Loopback exchange) throws Exception {
        if (exchange.thrown instanceof Exception && Outcomes.isRefusal(exchange.thrown)) {
            throw (Exception) exchange.thrown;
        }
        JsonObject reply = new JsonObject();
        JsonObject outcome;
        try {
            outcome = sdk.outcome(call, exchange.returned, exchange.thrown);
        } catch (RuntimeException ofAccessor) { // A caller who reads the result gets this exception.
            outcome = Outcomes.unreadable(ofAccessor);
        }
        reply.add("outcome", outcome);
        return reply;
    }
}
