import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One invocation: the endpoint, the credentials and the input. A field that the caller did not set is null. */
class Call {
    /** On a busy machine a case without a time limit must not time out. */
    static final int PATIENCE = 30_000;

    final String scheme;
    final String authority;
    final String accessKeyId;
    final String accessKeySecret;
    final String securityToken;
    final JsonObject input;
    final int milliseconds;

    Call(String endpoint, JsonObject credentials, JsonObject input, int milliseconds) {
        URI url = URI.create(endpoint);
        this.scheme = url.getScheme();
        this.authority = url.getRawAuthority();
        this.accessKeyId = credentials.get("access_key_id").getAsString();
        this.accessKeySecret = credentials.get("access_key_secret").getAsString();
        this.securityToken = text(credentials, "security_token");
        this.input = input;
        this.milliseconds = milliseconds;
    }

    /** The call of a `build` or an `invoke`. */
    static Call of(JsonObject given) {
        String endpoint = given.get("endpoint").getAsString();
        return new Call(endpoint, given.getAsJsonObject("credentials"), given.getAsJsonObject("input"), limit(given));
    }

    static int limit(JsonObject given) {
        JsonElement limit = given.get("timeout_ms");
        return limit == null ? PATIENCE : limit.getAsInt();
    }

    /** The plain call that `parse` uses. */
    static Call toSeeAResponse(String invocationType) {
        JsonObject credentials = new JsonObject();
        credentials.addProperty("access_key_id", "dummyAccessKeyId");
        credentials.addProperty("access_key_secret", "dummyAccessKeySecret");
        JsonObject input = new JsonObject();
        input.addProperty("service", "demoService");
        input.addProperty("function", "demoFunction");
        input.addProperty("payload_b64", "e30=");
        if (invocationType.equals("Async")) {
            input.addProperty("invocation_type", "Async");
        }
        return new Call("http://service.invalid", credentials, input, PATIENCE);
    }

    String text(String field) {
        return text(input, field);
    }

    boolean isAsync() {
        return "Async".equals(text("invocation_type"));
    }

    byte[] payload() {
        String payload = text("payload_b64");
        return payload == null ? null : Base64.getDecoder().decode(payload);
    }

    /** The headers of the caller; the last value of a name is used. */
    Map<String, String> headers() {
        return map(input.getAsJsonArray("headers"));
    }

    static Map<String, String> map(JsonArray headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String[] header : list(headers)) {
            map.put(header[0], header[1]);
        }
        return map;
    }

    static List<String[]> list(JsonArray headers) {
        List<String[]> list = new ArrayList<>();
        if (headers != null) {
            for (JsonElement header : headers) {
                JsonArray pair = header.getAsJsonArray();
                list.add(new String[] {pair.get(0).getAsString(), pair.get(1).getAsString()});
            }
        }
        return list;
    }

    static String text(JsonObject of, String field) {
        JsonElement value = of.get(field);
        return value == null || value.isJsonNull() ? null : value.getAsString();
    }
}
