import com.aliyun.fc20230330.Client;
import com.aliyun.fc20230330.models.InvokeFunctionHeaders;
import com.aliyun.fc20230330.models.InvokeFunctionRequest;
import com.aliyun.fc20230330.models.InvokeFunctionResponse;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaRequest;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** com.aliyun:fc20230330: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`. */
public final class Fc20230330 implements Sdk {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    /** A response whose stream was read. */
    private static final class Returned {
        InvokeFunctionResponse response;
        byte[] payload = new byte[0];
    }

    @Override
    public String name() {
        return "com.aliyun:fc20230330";
    }

    @Override
    public String artifact() {
        return "com.aliyun:fc20230330";
    }

    @Override
    public String revision() {
        return "2023-03-30";
    }

    @Override
    public String scheme() {
        return "acs3";
    }

    @Override
    public String caps() {
        return "sign.acs3 build parse invoke "
            + "invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts "
            + "outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error "
            + "clock.own tasks";
    }

    @Override
    public String lacks() {
        return "sign.added-headers sign.encoded-urls sign.repeated-keys build.repeated-headers "
            + "outcome.error-request-id outcome.log-decoding function-error.error-status parse.foreign-bodies";
    }

    /** `getAuthorization` of openapiutil over the given headers; it adds none. */
    @Override
    public JsonObject sign(JsonObject given) throws Exception {
        URI url = URI.create(Call.text(given, "url"));
        TeaRequest request = new TeaRequest();
        request.method = Call.text(given, "method");
        request.pathname = url.getRawPath();
        // The caller of the signing function passes every header; the host is that of the URL.
        request.headers.put("host", url.getRawAuthority());
        for (String[] header : Call.list(given.getAsJsonArray("headers"))) {
            request.headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        String query = url.getRawQuery();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            request.query.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        JsonObject keys = given.getAsJsonObject("credentials");
        String authorization = com.aliyun.openapiutil.Client.getAuthorization(request, ALGORITHM,
            request.headers.get("x-acs-content-sha256"), Call.text(keys, "access_key_id"),
            Call.text(keys, "access_key_secret"));
        JsonObject signed = new JsonObject();
        signed.add("headers", new Gson().toJsonTree(new String[][] {{"Authorization", authorization}}));
        return signed;
    }

    static Client client(Call call) throws Exception {
        // HTTPS would require a certificate; plain HTTP does not change the signed host and path.
        Config config = new Config().setAccessKeyId(call.accessKeyId).setAccessKeySecret(call.accessKeySecret)
            .setEndpoint(call.authority).setProtocol("http");
        if (call.securityToken != null) {
            config.setSecurityToken(call.securityToken);
        }
        return new Client(config);
    }

    static RuntimeOptions runtime(Call call) {
        RuntimeOptions runtime = new RuntimeOptions();
        runtime.connectTimeout = call.milliseconds;
        runtime.readTimeout = call.milliseconds;
        return runtime;
    }

    /** `Client.invokeFunctionWithOptions`; account and trace have no option and are set as headers. */
    @Override
    public Object invoke(Call call) throws Exception {
        Map<String, String> common = new HashMap<>();
        put(common, "X-Fc-Account-Id", call.text("account_id"));
        put(common, "X-Fc-Trace-Id", call.text("trace_id"));
        put(common, "X-Fc-Stateful-Async-Invocation-Enable", call.text("stateful_async_invocation_enable"));
        common.putAll(call.headers());
        InvokeFunctionHeaders headers = new InvokeFunctionHeaders();
        headers.commonHeaders = common;
        headers.xFcAsyncTaskId = call.text("stateful_async_invocation_id");
        headers.xFcInvocationType = call.text("invocation_type");
        headers.xFcLogType = call.text("log_type");
        InvokeFunctionRequest request = new InvokeFunctionRequest();
        request.qualifier = call.text("qualifier");
        if (call.payload() != null) {
            request.body = new ByteArrayInputStream(call.payload());
        }
        Returned returned = new Returned();
        returned.response = client(call).invokeFunctionWithOptions(call.text("function"), request, headers, runtime(call));
        if (returned.response.body != null) {
            // The SDK returns a stream; the caller has the payload after the last byte.
            try (InputStream body = returned.response.body) {
                ByteArrayOutputStream payload = new ByteArrayOutputStream();
                byte[] buffer = new byte[8192];
                for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                    payload.write(buffer, 0, count);
                }
                returned.payload = payload.toByteArray();
            }
        }
        return returned;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    @Override
    public JsonObject outcome(Call call, Object returned, Throwable thrown) {
        if (thrown != null) {
            return failed(thrown);
        }
        InvokeFunctionResponse response = ((Returned) returned).response;
        String kind = response.statusCode == 202 ? "accepted" : "completed";
        JsonObject outcome = Outcomes.returned(kind, response.statusCode,
            name -> response.headers.get(name.toLowerCase(Locale.ROOT)), ((Returned) returned).payload);
        String log = response.headers.get("x-fc-log-result");
        if (log != null && !log.isEmpty() && !kind.equals("accepted")) {
            // The SDK returns it unchanged.
            outcome.addProperty("log_tail_b64", Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8)));
        }
        return outcome;
    }

    /** A TeaException has the error body in `data`; a missing code is the text "null". */
    static JsonObject failed(Throwable thrown) {
        boolean ofService = thrown instanceof TeaException && ((TeaException) thrown).statusCode != null;
        if (!ofService) {
            JsonObject transport = Outcomes.transport(thrown);
            return transport == null ? Outcomes.unreadable(thrown) : transport;
        }
        TeaException error = (TeaException) thrown;
        JsonObject outcome = new JsonObject();
        outcome.addProperty("kind", "service_error");
        outcome.addProperty("status", error.statusCode);
        Map<String, Object> document = error.data;
        Outcomes.set(outcome, "code", member(document, "ErrorCode", "errorCode"));
        Outcomes.set(outcome, "message", member(document, "ErrorMessage", "errorMessage"));
        if (member(document, "Code", "code") != null) {
            Outcomes.set(outcome, "code", error.code);
        }
        Outcomes.set(outcome, "request_id", member(document, "RequestId", "requestId"));
        if (member(document, "Message", "message") != null) {
            // The core adds text around the message.
            String message = error.message;
            String before = "code: " + error.statusCode + ", ";
            int end = message.lastIndexOf(" request id: ");
            boolean framed = message.startsWith(before) && end >= before.length();
            Outcomes.set(outcome, "message", framed ? message.substring(before.length(), end) : message);
        }
        return outcome;
    }

    private static String member(Map<String, Object> document, String... names) {
        for (String name : names) {
            Object value = document.get(name);
            if (value instanceof String && !((String) value).isEmpty()) {
                return (String) value;
            }
        }
        return null;
    }

    @Override
    public JsonObject task(TaskCall call) throws Exception {
        return Tasks.perform(call);
    }
}
