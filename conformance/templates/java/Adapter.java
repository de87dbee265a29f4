// The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
//
// Implement the operations with calls to your SDK, one after another, and add each one to CAPS.
// Write logs to System.err. Do not log the text of exceptions: it may contain a key.
// All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
// Java 17 or newer. fcgate.toml has the commands that compile and start it.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Adapter {
    static final Map<String, Object> SDK = Map.of("name", "my-sdk", "version", "0.1.0", "language", "java");
    static final List<String> CAPS = List.of(); // start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke"
    static final List<String> LACKS = List.of(); // the parts that the SDK does not offer, for example "outcome.success-status"
    static final List<String> REVISIONS = List.of("2021-04-06"); // and "2016-08-15", "2023-03-30"

    /** The operation is not implemented yet. The SDK itself may throw UnsupportedOperationException. */
    static class NotImplemented extends RuntimeException {}

    /** Throw this if the SDK refuses its input before it signs or sends anything. */
    static class Refused extends RuntimeException {}

    /** Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds. */
    static Object sign(Map<String, Object> given) throws Exception {
        // return Map.of("headers", List.of(List.of("Date", date), List.of("Authorization", authorization)));
        throw new NotImplemented();
    }

    /** Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent. */
    static Object build(Map<String, Object> given) throws Exception {
        // return Map.of("method", "POST", "url", url, "headers", headers, "body_b64", body);
        throw new NotImplemented();
    }

    /** Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller. */
    static Object parse(Map<String, Object> given) throws Exception {
        // return Map.of("outcome", Map.of("kind", "completed", "status", 200, "payload_b64", body));
        throw new NotImplemented();
    }

    /** Like build, but sends the request to the endpoint and returns the outcome like parse. */
    static Object invoke(Map<String, Object> given) throws Exception {
        throw new NotImplemented();
    }

    static Object run(String command, Map<String, Object> given) throws Exception {
        return switch (command) {
            case "hello" -> Map.of("p", 1, "sdk", SDK, "caps", CAPS, "lacks", LACKS, "revisions", REVISIONS);
            case "sign" -> sign(given);
            case "build" -> build(given);
            case "parse" -> parse(given);
            case "invoke" -> invoke(given);
            default -> throw new NotImplemented();
        };
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var output = new PrintStream(System.out, true, UTF_8);
        for (String line; (line = input.readLine()) != null; ) {
            var request = (Map<String, Object>) new Json(line).value();
            var command = (String) request.get("cmd");
            if (command.equals("bye")) break;
            var reply = new LinkedHashMap<String, Object>();
            reply.put("seq", request.get("seq"));
            try {
                reply.put("ok", run(command, (Map<String, Object>) request.get("in")));
            } catch (NotImplemented missing) {
                reply.put("unsupported", Map.of("cap", command));
            } catch (Refused refused) {
                reply.put("err", Map.of("class", "input", "message", "refused"));
            } catch (Exception error) {
                reply.put("err", Map.of("class", "internal", "message", error.getClass().getName()));
            }
            output.print(Json.text(reply) + "\n");
            output.flush();
        }
    }

    /** The part of JSON that the protocol needs. Use the JSON library of your SDK instead if it has one. */
    static class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            switch (peek()) {
                case '{' -> {
                    var object = new LinkedHashMap<String, Object>();
                    for (at++; peek() != '}'; skip(',')) {
                        String name = string();
                        skip(':');
                        object.put(name, value());
                    }
                    at++;
                    return object;
                }
                case '[' -> {
                    var array = new ArrayList<Object>();
                    for (at++; peek() != ']'; skip(',')) array.add(value());
                    at++;
                    return array;
                }
                case '"' -> {
                    return string();
                }
                default -> {
                    int start = at;
                    while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) at++;
                    String word = text.substring(start, at);
                    if (word.equals("true") || word.equals("false")) return word.equals("true");
                    if (word.equals("null")) return null;
                    return word.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
                }
            }
        }

        private String string() {
            peek();
            var out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) != '\\') {
                    out.append(text.charAt(at));
                    continue;
                }
                char escaped = text.charAt(++at);
                if (escaped == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    int known = "bfnrt".indexOf(escaped);
                    out.append(known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
                }
            }
            at++;
            return out.toString();
        }

        private char peek() {
            while (text.charAt(at) == ' ') at++;
            return text.charAt(at);
        }

        private void skip(char mark) {
            if (peek() == mark) at++;
        }

        static String text(Object value) {
            var out = new StringBuilder();
            if (value instanceof Map<?, ?> object) {
                object.forEach((name, one) ->
                        out.append(out.isEmpty() ? "" : ",").append(text(name)).append(':').append(text(one)));
                return "{" + out + "}";
            }
            if (value instanceof List<?> array) {
                array.forEach(one -> out.append(out.isEmpty() ? "" : ",").append(text(one)));
                return "[" + out + "]";
            }
            // The protocol has only integers: 200.0 would be rejected.
            if (value instanceof Double number && number % 1 == 0) return String.valueOf(number.longValue());
            if (!(value instanceof String string)) return String.valueOf(value);
            for (char one : string.toCharArray()) {
                out.append(one < ' ' || one == '"' || one == '\\' ? String.format("\\u%04x", (int) one) : one);
            }
            return "\"" + out + "\"";
        }
    }
}
