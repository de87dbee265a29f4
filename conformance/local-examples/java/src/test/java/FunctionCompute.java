import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A local Function Compute for the tests of a class. */
public final class FunctionCompute implements BeforeAllCallback {
    static JsonObject ready;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Process server = new ProcessBuilder(List.of("fcgate", "serve", "--ready-json", "--until-stdin-closes",
            "--control", "--function", "small=exec:tr A-Z a-z", "--function", "capitals=start:python3 ../server.py",
            "--function", "flaky=script:../flaky.json")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ready = new Gson().fromJson(server.inputReader().readLine(), JsonObject.class);
        context.getStore(ExtensionContext.Namespace.GLOBAL).put("function-compute", (CloseableResource) () -> {
            server.getOutputStream().close();
            if (server.waitFor() == 1) throw new AssertionError("a request was wrong: the log says why");
        });
    }
}
