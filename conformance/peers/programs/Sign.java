import com.aliyun.tea.TeaRequest;
import com.aliyuncs.fc.auth.FcSignatureComposer;
import com.aliyuncs.fc.model.HttpMethod;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Signs one request again and again with the signing function of an official Java SDK.
 *
 * <p>Reads the request as JSON, and writes the CPU time of one signature and the last signature as JSON.
 */
final class Sign {
    private static final long WARM_UP = 2_000_000_000L;
    private static final long BATCH = 30_000_000L;
    private static final int BATCHES = 7;

    private Sign() {}

    public static void main(String[] arguments) throws Exception {
        JsonObject given = new Gson().fromJson(new InputStreamReader(System.in, "UTF-8"), JsonObject.class);
        Callable<String> sign = "FC".equals(text(given, "scheme")) ? ofFc(given) : ofCore(given);
        JsonObject found = new JsonObject();
        found.addProperty("nanoseconds", nanoseconds(sign));
        found.addProperty("authorization", sign.call());
        System.out.println(found);
    }

    /** `composeStringToSign` and `signString` of aliyun-java-sdk-fc, which its client calls one after the other. */
    private static Callable<String> ofFc(JsonObject given) {
        Map<String, String> headers = headers(given, new HashMap<>());
        HttpMethod method = HttpMethod.valueOf(text(given, "method"));
        String path = text(given, "path");
        String id = text(given, "access_key_id");
        String secret = text(given, "access_key_secret");
        return () -> {
            String signed = FcSignatureComposer.composeStringToSign(method, path, headers, null);
            return "FC " + id + ":" + FcSignatureComposer.signString(signed, secret);
        };
    }

    /** `getAuthorization` of openapiutil, the core of the generated SDKs, which takes the digest of the payload. */
    private static Callable<String> ofCore(JsonObject given) {
        TeaRequest request = new TeaRequest();
        request.method = text(given, "method");
        request.pathname = text(given, "path");
        headers(given, request.headers);
        String digest = request.headers.get("x-acs-content-sha256");
        String id = text(given, "access_key_id");
        String secret = text(given, "access_key_secret");
        return () -> com.aliyun.openapiutil.Client.getAuthorization(request, "ACS3-HMAC-SHA256", digest, id, secret);
    }

    private static String text(JsonObject given, String name) {
        return given.get(name).getAsString();
    }

    private static Map<String, String> headers(JsonObject given, Map<String, String> into) {
        for (JsonElement header : given.getAsJsonArray("headers")) {
            into.put(header.getAsJsonArray().get(0).getAsString(), header.getAsJsonArray().get(1).getAsString());
        }
        return into;
    }

    private static double nanoseconds(Callable<String> sign) throws Exception {
        long count = 0;
        for (long end = cpu() + WARM_UP; cpu() < end; count++) {
            sign.call();
        }
        count = Math.max(1, count * BATCH / WARM_UP);
        double[] batches = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = cpu();
            for (long call = 0; call < count; call++) {
                sign.call();
            }
            batches[batch] = (double) (cpu() - start) / count;
        }
        Arrays.sort(batches);
        return batches[BATCHES / 2];
    }

    /** The CPU time of this thread in nanoseconds, without the compiler and the garbage collector. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
