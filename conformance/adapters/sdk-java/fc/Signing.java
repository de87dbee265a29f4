import com.aliyuncs.fc.auth.FcSignatureComposer;
import com.aliyuncs.fc.auth.SignURLConfig;
import com.aliyuncs.fc.model.HttpAuthType;
import com.aliyuncs.fc.model.HttpMethod;
import com.aliyuncs.fc.request.HttpInvokeFunctionRequest;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The public signing functions of com.aliyun:aliyun-java-sdk-fc. `signRequest`, which the client calls, replaces the
 * date and adds an account, so it cannot sign a given request; `composeStringToSign` below it chooses the text.
 */
final class Signing {
    private Signing() {}

    static JsonObject sign(JsonObject given) throws Exception {
        URI url = URI.create(Call.text(given, "url"));
        HttpMethod method = HttpMethod.valueOf(Call.text(given, "method"));
        Map<String, String> headers = Call.map(given.getAsJsonArray("headers"));
        JsonObject keys = given.getAsJsonObject("credentials");
        String kind = Call.text(given, "kind");
        if ("presigned-url".equals(kind)) {
            JsonObject signed = new JsonObject();
            signed.add("headers", new Gson().toJsonTree(new String[0][]));
            signed.addProperty("url", presigned(given, url, method, headers, keys));
            return signed;
        }
        // An API request has a path that is not escaped: the client makes it from the names.
        String path = url.getPath();
        Map<String, String> queries = null;
        if ("http-trigger".equals(kind)) {
            HttpInvokeFunctionRequest trigger = trigger(url, method);
            path = withoutPrefix(trigger.getPath());
            queries = trigger.getQueryParams();
        }
        Map<String, String> added = new LinkedHashMap<>();
        if (isDatedBy(headers, "x-fc-date") && !isDatedBy(headers, "date")) {
            // The client calls it for every request; it replaces a `Date`, so a request that has one is left alone.
            FcSignatureComposer.refreshSignParameters(headers);
            added.put("Date", headers.get("Date"));
        }
        String text = FcSignatureComposer.composeStringToSign(method, path, headers, queries);
        String signature = FcSignatureComposer.signString(text, Call.text(keys, "access_key_secret"));
        added.put("Authorization", "FC " + Call.text(keys, "access_key_id") + ":" + signature);
        String[][] list = new String[added.size()][];
        int count = 0;
        for (Map.Entry<String, String> header : added.entrySet()) {
            list[count++] = new String[] {header.getKey(), header.getValue()};
        }
        JsonObject stages = new JsonObject();
        stages.addProperty("string_to_sign", text);
        stages.addProperty("signature", signature);
        JsonObject signed = new JsonObject();
        signed.add("headers", new Gson().toJsonTree(list));
        signed.add("stages", stages);
        return signed;
    }

    private static boolean isDatedBy(Map<String, String> headers, String wanted) {
        return headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase(wanted));
    }

    /** The request takes a path with its query, and decodes both. */
    private static HttpInvokeFunctionRequest trigger(URI url, HttpMethod method) {
        String query = url.getRawQuery();
        String path = url.getRawPath() + (query == null ? "" : "?" + query);
        return new HttpInvokeFunctionRequest("s", "f", HttpAuthType.FUNCTION, method, path);
    }

    /** The path of a custom domain: the request puts the address of the function before it. */
    private static String withoutPrefix(String path) {
        return path.substring("/2016-08-15/proxy/s/f".length());
    }

    private static String presigned(
        JsonObject given, URI url, HttpMethod method, Map<String, String> headers, JsonObject keys) throws Exception {
        Map<String, String[]> queries = new LinkedHashMap<>();
        String query = url.getRawQuery();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String key = URLDecoder.decode(parts[0], "UTF-8");
            String[] before = queries.getOrDefault(key, new String[0]);
            String[] values = java.util.Arrays.copyOf(before, before.length + 1);
            values[before.length] = parts.length > 1 ? URLDecoder.decode(parts[1], "UTF-8") : null;
            queries.put(key, values);
        }
        Date expires = given.has("expires") ? new Date(given.get("expires").getAsLong() * 1000) : null;
        String endpoint = url.getScheme() + "://" + url.getRawAuthority();
        return new SignURLConfig(method, "s", "f", expires)
            .setCustomEndpoint(endpoint)
            .setEscapedPath(url.getRawPath())
            .setHeader(headers)
            .setQueries(queries)
            .signURL("2016-08-15", endpoint, Call.text(keys, "access_key_id"), Call.text(keys, "access_key_secret"),
                Call.text(keys, "security_token"));
    }
}
