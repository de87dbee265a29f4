import com.aliyuncs.fc.client.FunctionComputeClient;
import com.aliyuncs.fc.config.Config;
import com.aliyuncs.fc.exceptions.ClientException;
import com.aliyuncs.fc.exceptions.ServerException;
import com.aliyuncs.fc.request.InvokeFunctionRequest;
import com.aliyuncs.fc.response.InvokeFunctionResponse;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** com.aliyun:aliyun-java-sdk-fc: revision 2016-08-15, signed by the `FC` scheme. */
public final class Fc implements Sdk {
    /** The SDK requires an account and a region; the region is a part of the host that the endpoint replaces. */
    private static final String ACCOUNT = "1234567890";
    private static final String REGION = "cn-hangzhou";

    public Fc() {
        // The HTTP client of Java looks a host up before it asks the proxy: it must find none but addresses.
        System.setProperty("jdk.net.hosts.file", "");
    }

    @Override
    public String name() {
        return "com.aliyun:aliyun-java-sdk-fc";
    }

    @Override
    public String artifact() {
        return "com.aliyun:aliyun-java-sdk-fc";
    }

    @Override
    public String revision() {
        return "2016-08-15";
    }

    @Override
    public String scheme() {
        return "fc";
    }

    @Override
    public String caps() {
        return "sign.fc sign.fc.http-trigger sign.fc.presigned-url build parse invoke "
            + "invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts "
            + "outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error "
            + "clock.own";
    }

    @Override
    public String lacks() {
        return "sign.added-headers build.repeated-headers function-error.error-status parse.code-bodies "
            + "parse.lower-camel-bodies";
    }

    @Override
    public JsonObject sign(JsonObject given) throws Exception {
        return Signing.sign(given);
    }

    /** `FunctionComputeClient.invokeFunction`; trace and mode of a task have no option and are set as headers. */
    @Override
    public Object invoke(Call call) throws Exception {
        InvokeFunctionRequest request = new InvokeFunctionRequest(call.text("service"), call.text("function"));
        String task = call.text("stateful_async_invocation_id");
        if (task != null) {
            request.setStatefulAsyncInvocationId(task);
        }
        if (call.text("invocation_type") != null) {
            request.setInvocationType(call.text("invocation_type"));
        }
        request.setLogType(call.text("log_type")).setQualifier(call.text("qualifier")).setPayload(call.payload());
        set(request, "X-Fc-Trace-Id", call.text("trace_id"));
        set(request, "X-Fc-Stateful-Async-Invocation-Enable", call.text("stateful_async_invocation_enable"));
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        String account = call.text("account_id") == null ? ACCOUNT : call.text("account_id");
        Config config =
            new Config(REGION, account, call.accessKeyId, call.accessKeySecret, call.securityToken, false)
                // HTTPS would require a certificate; plain HTTP does not change the signed text.
                .setEndpoint("http://" + call.authority)
                .setConnectTimeoutMillis(call.milliseconds)
                .setReadTimeoutMillis(call.milliseconds);
        return new FunctionComputeClient(config).invokeFunction(request);
    }

    private static void set(InvokeFunctionRequest request, String name, String value) {
        if (value != null) {
            request.setHeader(name, value);
        }
    }

    @Override
    public JsonObject outcome(Call call, Object returned, Throwable thrown) {
        if (thrown instanceof ClientException) {
            ClientException error = (ClientException) thrown;
            return error.getStatusCode() > 0
                ? failed(error.getStatusCode(), error.getErrorCode(), error.getErrorMessage(), error.getRequestId())
                : unreachable(error.getErrorMessage());
        }
        if (thrown instanceof ServerException) {
            ServerException error = (ServerException) thrown;
            return failed(error.getStatusCode(), error.getErrorCode(), error.getErrorMessage(), error.getRequestId());
        }
        if (thrown != null) {
            return Outcomes.unreadable(thrown);
        }
        InvokeFunctionResponse response = (InvokeFunctionResponse) returned;
        String kind = response.getStatus() == 202 ? "accepted" : "completed";
        JsonObject outcome =
            Outcomes.returned(kind, response.getStatus(), response::getHeader, response.getPayload());
        String log = response.getLogResult();
        if (log != null && !log.isEmpty() && outcome.has("payload_b64")) {
            outcome.addProperty("log_tail_b64", Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8)));
        }
        return outcome;
    }

    private static JsonObject failed(int status, String code, String message, String requestId) {
        JsonObject outcome = new JsonObject();
        outcome.addProperty("kind", "service_error");
        outcome.addProperty("status", status);
        Outcomes.set(outcome, "code", code);
        Outcomes.set(outcome, "message", message);
        Outcomes.set(outcome, "request_id", requestId);
        return outcome;
    }

    /** The class of a failed connection: the SDK keeps only the text of the exception of the HTTP client. */
    private static JsonObject unreachable(String message) {
        String text = String.valueOf(message);
        if (text.contains("SocketTimeoutException")) {
            return Outcomes.transport("timeout");
        }
        if (text.contains("ConnectException") || text.contains("UnknownHostException")) {
            return Outcomes.transport("connect");
        }
        boolean ended = text.contains("Unexpected end of file") || text.contains("Premature EOF");
        if (ended || text.contains("SocketException") || text.contains("EOFException")) {
            return Outcomes.transport("truncated");
        }
        boolean isMalformed = text.contains("ProtocolException") || text.contains("Invalid Http response");
        return Outcomes.transport(isMalformed ? "malformed" : "other");
    }
}
