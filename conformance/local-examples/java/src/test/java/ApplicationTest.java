import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.fc20230330.Client;
import com.aliyun.fc20230330.models.InvokeFunctionHeaders;
import com.aliyun.fc20230330.models.InvokeFunctionRequest;
import com.aliyun.fc20230330.models.InvokeFunctionResponse;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of an application that calls functions. */
@ExtendWith(FunctionCompute.class)
class ApplicationTest {
    private static String ready(String name) {
        return FunctionCompute.ready.get(name).getAsString();
    }

    /** The client of the application. Only the endpoint and the keys differ from those of the service. */
    private static InvokeFunctionResponse call(String name, String payload, InvokeFunctionHeaders headers) throws Exception {
        Client client = new Client(new Config()
            .setAccessKeyId(ready("access_key_id"))
            .setAccessKeySecret(ready("access_key_secret"))
            .setEndpoint(ready("address"))
            .setProtocol("http")
            .setRegionId(ready("region")));
        InvokeFunctionRequest request = new InvokeFunctionRequest().setBody(new ByteArrayInputStream(payload.getBytes()));
        return client.invokeFunctionWithOptions(name, request, headers, new RuntimeOptions());
    }

    private static String body(InvokeFunctionResponse answer) throws Exception {
        return new String(answer.getBody().readAllBytes());
    }

    @Test
    void aCommandAnswers() throws Exception {
        InvokeFunctionResponse answer = call("small", "HELLO", new InvokeFunctionHeaders().setXFcLogType("Tail"));
        assertEquals("hello", body(answer));
        assertTrue(answer.getHeaders().containsKey("x-fc-log-result"));
    }

    @Test
    void aServerAnswers() throws Exception {
        assertEquals("HELLO", body(call("capitals", "hello", new InvokeFunctionHeaders())));
    }

    @Test
    void theApplicationTriesAgainWhileTheServiceIsBusy() throws Exception {
        for (int time = 0; time < 2; time++) {
            TeaException busy = assertThrows(TeaException.class, () -> call("flaky", "{}", new InvokeFunctionHeaders()));
            assertEquals("ResourceExhausted", busy.getCode());
        }
        assertEquals("{\"state\": \"done\"}", body(call("flaky", "{}", new InvokeFunctionHeaders())));
    }

    @Test
    void whatWasCalled() throws Exception {
        call("small", "LATER", new InvokeFunctionHeaders().setXFcInvocationType("Async"));
        URI calls = URI.create(ready("control_url") + "/calls?function=small");
        HttpRequest request = HttpRequest.newBuilder(calls).build();
        String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        JsonArray received = new Gson().fromJson(answer, JsonObject.class).getAsJsonArray("calls");
        JsonObject last = received.get(received.size() - 1).getAsJsonObject();
        assertEquals("Async", last.get("kind").getAsString());
        assertEquals("LATER", last.getAsJsonObject("payload").get("text").getAsString());
    }
}
