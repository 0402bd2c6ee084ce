"""A proxy that speaks https with a certificate of the moment, as nginx does in front of the server; and who asks it."""

import contextlib
import datetime
import http.client
import http.server
import re
import socket
import ssl
import threading
from html import unescape
from urllib.parse import urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOP = {"connection", "transfer-encoding", "keep-alive", "server", "date"}


def certificate(host, path):
    """Write a key and a certificate for `host`, signed by itself, into one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={host}")
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(hours=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False).sign(
        key, hashes.SHA256()
    )
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*plain) + signed.public_bytes(serialization.Encoding.PEM))


@contextlib.contextmanager
def proxy(port, pem):
    """Hand on what comes over https to the server at `port`; yields the port of the proxy."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def hand_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told = {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
            inner = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            inner.request(self.command, self.path, body, {**dict(self.headers.items()), **told})
            answer = inner.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {*HOP, "content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            inner.close()

        do_GET = do_POST = hand_on  # noqa: N815 - the names http.server calls

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class Visitor:
    """Somebody with a browser: keeps cookies, follows where it is sent, fills in the form of the page."""

    def __init__(self, host, port, pem):
        self.host, self.port, self.cookies = host, port, {}
        self.context = ssl.create_default_context(cafile=pem)
        self.at, self.page = "/", ""

    def ask(self, method, path, body=None):
        channel = self.context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port)), server_hostname=self.host
        )
        browser = http.client.HTTPConnection(self.host)
        browser.sock = channel
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Referer": f"https://{self.host}{self.at}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        browser.request(method, path, body, headers)
        answer = browser.getresponse()
        self.page = answer.read().decode()
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = said.partition("=")
            assert "Secure" in rest
            self.cookies[name] = rest.partition(";")[0]
        browser.close()
        if answer.status in (301, 302):
            return self.ask("GET", urlsplit(answer.headers["Location"]).geturl().removeprefix(f"https://{self.host}"))
        assert answer.status == 200, (answer.status, path, self.page[:500])
        self.at = path
        return self.page

    def open(self, path):
        return self.ask("GET", path)

    def send(self, **values):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]
        return self.ask("POST", self.at, urlencode({"csrfmiddlewaretoken": token, **values}))

    def read(self, pattern):
        return unescape(re.search(pattern, self.page, re.DOTALL)[1]).strip()
