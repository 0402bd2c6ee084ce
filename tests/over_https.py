"""nginx as it stands before the server, with a certificate of the moment; and who asks it."""

import contextlib
import datetime
import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from html import unescape
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # where nginx keeps what it cannot hold in memory
HERE = "127.0.0.2"  # where the visitor sits: another address than that of nginx
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}  # what a visitor may claim


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
def nginx(example, port, pem, folder):
    """Hand on what comes over https to the server at `port`, as `example` has it; yields the port it listens on."""
    taken = free_port(), free_port()
    write_nginx(example, pem, folder, port, *taken)
    server = subprocess.Popen(["nginx", "-e", folder / "said", "-c", folder / "nginx.conf", "-g", "daemon off;"])
    try:
        until = time.monotonic() + 20
        while not answers(taken[1]):
            assert server.poll() is None and time.monotonic() < until, (folder / "said").read_text()  # noqa: PT018
            time.sleep(0.1)
        yield taken[1]
    finally:
        server.terminate()
        server.wait()


def write_nginx(example, pem, folder, port=8000, plain_port=80, port_of_https=443):
    """The example as nginx reads it in a folder of the test: its own places and ports, and nothing else changed."""
    folder.mkdir(exist_ok=True)
    text = re.sub(r"/etc/ssl/\S+;", f"{pem};", example).replace("/var/log/nginx/", f"{folder}/")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain_port};").replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port_of_https} ")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in KEPT)
    log = f"access_log {folder}/access.log;\n"  # as Debian's own nginx.conf has it for whoever does not say otherwise
    who = "user root;\n" if os.geteuid() == 0 else ""  # the folder of a test is its owner's alone
    around = f"{who}pid {folder}/pid;\nevents {{}}\nhttp {{\n{kept}{log}{text}\n}}\n"
    (folder / "nginx.conf").write_text(around, encoding="utf-8")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Visitor:
    """Somebody with a browser: keeps cookies, follows where it is sent, fills in the form of the page."""

    def __init__(self, host, port, pem):
        self.host, self.port, self.pem, self.cookies = host, port, pem, {}
        self.origin = f"https://{host}:{port}"
        self.context = ssl.create_default_context(cafile=pem)
        self.at, self.page = "/", ""

    def answer(self, method, path, body=None, **more):
        """What comes back for one request, whatever it is."""
        here = socket.create_connection(("127.0.0.1", self.port), source_address=(HERE, 0))
        browser = http.client.HTTPConnection(f"{self.host}:{self.port}")
        browser.sock = self.context.wrap_socket(here, server_hostname=self.host)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.origin, "Referer": f"{self.origin}{self.at}", **FORGED, **more}
        browser.request(method, path, body, headers)
        answer = browser.getresponse()
        self.page = answer.read().decode()
        browser.close()
        return answer

    def ask(self, method, path, body=None):
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        answer = self.answer(method, path, body, **kind)
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = said.partition("=")
            assert "Secure" in rest
            self.cookies[name] = rest.partition(";")[0]
        if answer.status in (301, 302):
            return self.ask("GET", answer.headers["Location"].removeprefix(self.origin))
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
