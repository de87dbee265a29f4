import com.google.gson.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.function.Function;

/** The parts of an outcome that both SDKs share. A field is a value that the SDK gives in any public way. */
final class Outcomes {
    private static final String[][] TEXTS = {
        {"max_memory_mb", "X-Fc-Max-Memory-Usage"},
        {"code_checksum", "X-Fc-Code-Checksum"},
        {"instance_id", "X-Fc-Instance-Id"},
        {"service_version", "X-Fc-Invocation-Service-Version"},
    };

    private Outcomes() {}

    /** The outcome of a result; `header` reads the headers that the SDK returns. */
    static JsonObject returned(String kind, Integer status, Function<String, String> header, byte[] payload) {
        JsonObject outcome = new JsonObject();
        String errorType = header.apply("X-Fc-Error-Type");
        boolean failed = errorType != null && !errorType.isEmpty();
        outcome.addProperty("kind", failed ? "function_error" : kind);
        set(outcome, "error_type", errorType);
        if (status != null && status > 0) {
            outcome.addProperty("status", status);
        }
        set(outcome, "request_id", header.apply("X-Fc-Request-Id"));
        if (!failed && kind.equals("accepted")) {
            set(outcome, "stateful_async_invocation_id", header.apply("X-Fc-Async-Task-Id"));
            set(outcome, "stateful_async_invocation_id", header.apply("X-Fc-Stateful-Async-Invocation-Id"));
            return outcome;
        }
        outcome.addProperty("payload_b64", Base64.getEncoder().encodeToString(payload == null ? new byte[0] : payload));
        for (String[] text : TEXTS) {
            set(outcome, text[0], header.apply(text[1]));
        }
        return outcome;
    }

    /** Sets a text, unless it is empty. */
    static void set(JsonObject outcome, String field, String value) {
        if (value != null && !value.isEmpty()) {
            outcome.addProperty(field, value);
        }
    }

    /** The SDK failed on a response without an exception of its own. */
    static JsonObject unreadable(Throwable thrown) {
        JsonObject outcome = new JsonObject();
        outcome.addProperty("kind", "bad_response");
        outcome.addProperty("reason", thrown.getClass().getSimpleName());
        return outcome;
    }

    static JsonObject transport(String ofClass) {
        JsonObject outcome = new JsonObject();
        outcome.addProperty("kind", "transport_error");
        outcome.addProperty("class", ofClass);
        return outcome;
    }

    /** The outcome of a failed connection; null for another exception. */
    static JsonObject transport(Throwable thrown) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            String message = String.valueOf(link.getMessage());
            boolean ended = message.contains("unexpected end of stream") || message.contains("Unexpected end of file");
            if (link instanceof ConnectException || link instanceof UnknownHostException) {
                return transport("connect");
            }
            if (link instanceof EOFException || link instanceof SocketException || ended) {
                return transport("truncated");
            }
            if (link instanceof InterruptedIOException) {
                return transport("timeout");
            }
            if (link instanceof ProtocolException) {
                return transport("malformed");
            }
            if (link instanceof IOException) {
                return transport("other");
            }
        }
        return null;
    }

    /** Whether the SDK or its HTTP client refused the input before it sent anything. */
    static boolean isRefusal(Throwable thrown) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (link instanceof IllegalArgumentException && !isOfTheStream(link)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheStream(Throwable thrown) {
        for (StackTraceElement place : thrown.getStackTrace()) {
            if (place.getClassName().startsWith("okio.") || place.getMethodName().equals("getInputStream")) {
                return true;
            }
        }
        return false;
    }
}
