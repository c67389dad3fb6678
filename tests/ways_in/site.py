#!/usr/bin/env python3
"""usage: site.py FOLDER CERTIFICATE KEY PLAIN_ADDRESS

Serves FOLDER on loopback with TLS, as a site that hosts releases does: what is asked for below /redirected/ is somewhere else, and
what is below /downgraded/ is at PLAIN_ADDRESS, without TLS. Prints the port.
"""
import functools
import http.server
import ssl
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    plain = ""

    def do_GET(self):
        first, _, rest = self.path[1:].partition("/")
        places = {"redirected": "/", "downgraded": self.plain + "/"}
        if first not in places:
            super().do_GET()
            return
        self.send_response(302)
        self.send_header("Location", places[first] + rest)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    folder, certificate, key, Handler.plain = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
