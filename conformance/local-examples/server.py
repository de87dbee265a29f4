"""A function that is an HTTP server, as a custom runtime runs it: it returns the payload in capital letters."""

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        payload = self.rfile.read(int(self.headers["Content-Length"]))
        print("capitals for", self.headers["x-fc-request-id"], flush=True)
        self.send_response(200)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload.upper())


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # connections that wait: the default of 5 loses calls


Server(("127.0.0.1", int(os.environ["FC_SERVER_PORT"])), Handler).serve_forever()
