"""The line between a browser and the server, which the test cuts: everything goes through, nothing, or only one way."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Passes bytes on to `server`, until it is cut; from the request on that holds `loses`, answers are lost.

    `asked` is what went to the server since the line was mended; `first` are some bytes and what is done
    once before they go there.
    """

    def __init__(self, server):
        self.to = (urlsplit(server).hostname, urlsplit(server).port)
        self.loses = self.asked = b""
        self.first = None
        self.is_cut = self.is_deaf = False
        self.listening = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self.listening.getsockname()[1]}"
        self.open = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):
            while True:
                caller = self.listening.accept()[0]
                server = None if self.is_cut else self.reach()
                if server is None:
                    caller.close()
                    continue
                self.open |= {caller, server}
                threading.Thread(target=self.pass_on, args=(caller, server, False), daemon=True).start()
                threading.Thread(target=self.pass_on, args=(server, caller, True), daemon=True).start()

    def reach(self):
        """The server, or None where it is dead."""
        with suppress(ConnectionRefusedError):
            return socket.create_connection(self.to)

    def pass_on(self, one, other, is_answer):
        with suppress(OSError):
            while said := one.recv(65536):
                if not is_answer:
                    self.note(said)
                    self.is_deaf |= bool(self.loses) and self.loses in said
                if not (is_answer and self.is_deaf):
                    other.sendall(said)
        for end in (one, other):
            self.open.discard(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def note(self, said):
        self.asked += said
        if self.first and self.first[0] in said:
            self.first[1]()
            self.first = None

    def cut(self):
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.is_cut = self.is_deaf = False
        self.loses = self.asked = b""

    def close(self):
        self.cut()
        self.listening.close()
