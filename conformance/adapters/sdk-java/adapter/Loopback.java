import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * A server in this process that stores requests byte for byte and sends a raw response. During an exchange it is the
 * SOCKS proxy of every connection, so an SDK signs and sends the host of the case and reaches no other server.
 */
final class Loopback {
    static final byte[] EMPTY =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A request as it arrived. */
    static final class Request {
        String method;
        String target;
        final List<String[]> headers = new ArrayList<>();
        byte[] body = new byte[0];

        String header(String name) {
            for (String[] header : headers) {
                if (header[0].equalsIgnoreCase(name)) {
                    return header[1];
                }
            }
            return null;
        }
    }

    private static volatile Proxy proxy = Proxy.NO_PROXY;

    final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    Object returned;
    Throwable thrown;
    private final byte[] answer;
    private final List<Socket> connections = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

    private Loopback(byte[] answer) {
        this.answer = answer;
    }

    /** Sends `answer` to the first request of a call. */
    static Loopback exchange(byte[] answer, Callable<Object> call) throws Exception {
        Loopback exchange = new Loopback(answer);
        try (ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            exchange.start(() -> exchange.accept(listener));
            proxy = new Proxy(Proxy.Type.SOCKS, listener.getLocalSocketAddress());
            exchange.watch(call);
        } finally {
            proxy = Proxy.NO_PROXY;
        }
        // The next call must not reuse a connection of this one.
        for (Socket connection : new ArrayList<>(exchange.connections)) {
            connection.close();
        }
        for (Thread thread : new ArrayList<>(exchange.threads)) {
            thread.join();
        }
        return exchange;
    }

    /** Makes a call without this server. */
    static Loopback directly(Callable<Object> call) {
        Loopback exchange = new Loopback(EMPTY);
        exchange.watch(call);
        return exchange;
    }

    /** Makes this class choose the proxy of every connection; an HTTP client may keep the selector. */
    static void install() {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return Collections.singletonList(proxy);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    }

    /** A response in bytes; a body without framing ends with the connection. */
    static byte[] raw(int status, List<String[]> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        boolean chunked = false;
        for (String[] header : headers) {
            chunked |= header[0].equalsIgnoreCase("transfer-encoding") && header[1].equalsIgnoreCase("chunked");
            head.append(header[0]).append(": ").append(header[1]).append("\r\n");
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (chunked && body.length > 0) {
            answer.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        answer.write(body);
        if (chunked) {
            answer.write(((body.length > 0 ? "\r\n" : "") + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return answer.toByteArray();
    }

    private void watch(Callable<Object> call) {
        try {
            returned = call.call();
        } catch (Throwable any) { // Everything that is thrown is a result of the SDK.
            thrown = any;
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (Socket socket = connection) {
            InputStream stream = new BufferedInputStream(socket.getInputStream());
            connect(stream, socket);
            // Only a response without framing ends the connection: a client that follows a redirect on this
            // connection must not find it closed by chance.
            boolean more = true;
            while (more) {
                Request request = read(stream);
                if (request == null) {
                    return;
                }
                byte[] next;
                synchronized (requests) {
                    // The target of a redirect is a success; a retry gets the same answer.
                    next = requests.isEmpty() || !redirects(answer) ? answer : EMPTY;
                    requests.add(request);
                }
                socket.getOutputStream().write(next);
                socket.getOutputStream().flush();
                more = hasAnEnd(next);
            }
        } catch (IOException gone) {
            // The SDK may close the connection.
        }
    }

    /** The greeting and the request of SOCKS version 5 (RFC 1928). */
    private static void connect(InputStream stream, Socket socket) throws IOException {
        exactly(stream, 1);
        exactly(stream, exactly(stream, 1)[0]);
        socket.getOutputStream().write(new byte[] {5, 0});
        byte[] request = exactly(stream, 4);
        int address = request[3] == 1 ? 4 : request[3] == 4 ? 16 : exactly(stream, 1)[0] & 0xff;
        exactly(stream, address + 2);
        socket.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
    }

    private static byte[] exactly(InputStream stream, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            int more = stream.read(bytes, done, count - done);
            if (more < 0) {
                throw new EOFException();
            }
            done += more;
        }
        return bytes;
    }

    /** Whether the head of a response frames its body, and the connection stays open. */
    private static boolean hasAnEnd(byte[] answer) {
        String head = new String(answer, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).split("\r\n\r\n", 2)[0];
        String status = head.split(" ")[1];
        boolean framed = head.contains("\r\ncontent-length:") || head.contains("\r\ntransfer-encoding:");
        boolean closes = head.contains("\r\nconnection: close");
        return !closes && (framed || status.equals("204") || status.equals("304"));
    }

    private static boolean redirects(byte[] answer) {
        return answer["HTTP/1.1 ".length()] == '3';
    }

    private static Request read(InputStream stream) throws IOException {
        byte[] first = line(stream);
        if (first == null) {
            return null;
        }
        String[] parts = text(first).split(" ", 3);
        Request request = new Request();
        request.method = parts[0];
        request.target = parts[1];
        for (byte[] line = line(stream); line != null && line.length > 0; line = line(stream)) {
            String header = text(line);
            int colon = header.indexOf(':');
            request.headers.add(new String[] {header.substring(0, colon), header.substring(colon + 1).trim()});
        }
        if ("chunked".equalsIgnoreCase(request.header("transfer-encoding"))) {
            request.body = chunks(stream);
        } else if (request.header("content-length") != null) {
            request.body = exactly(stream, Integer.parseInt(request.header("content-length")));
        }
        return request;
    }

    private static byte[] chunks(InputStream stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            byte[] size = line(stream);
            if (size == null) {
                throw new EOFException();
            }
            byte[] chunk = exactly(stream, Integer.parseInt(text(size).trim(), 16));
            line(stream);
            if (chunk.length == 0) {
                return body.toByteArray();
            }
            body.write(chunk);
        }
    }

    /** A line without its end; null at the end of the stream. */
    private static byte[] line(InputStream stream) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = stream.read();
        if (octet < 0) {
            return null;
        }
        while (octet >= 0 && octet != '\n') {
            line.write(octet);
            octet = stream.read();
        }
        byte[] bytes = line.toByteArray();
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return ended ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** The bytes of a header as text: UTF-8, otherwise Latin-1. */
    private static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException other) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
