"""IMAP sessions in IDLE (RFC 2177)."""

import base64
import socket


class Idler:
    def __init__(self, user, password, port=143, address="127.0.0.1"):
        self.user = user
        self.socket = socket.create_connection((address, port), timeout=60)
        self.lines = self.socket.makefile("rb")
        self._expect(b"* OK")
        secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        self._say(f"a AUTHENTICATE PLAIN {secret}", b"a OK")
        self._say("b SELECT INBOX", b"b OK")
        self._say("c IDLE", b"+")

    def _say(self, line, answer):
        self.socket.sendall(line.encode() + b"\r\n")
        return self._expect(answer)

    def _expect(self, answer):
        while True:
            line = self.lines.readline()
            if line.startswith(answer):
                return
            if not line or not line.startswith(b"* ") or line.startswith(b"* BYE"):
                raise AssertionError(f"{self.user}: {line!r} instead of {answer!r}")

    def is_alive(self):
        """Leaves IDLE, and begins it again: the session answers."""
        try:
            self._say("DONE", b"c OK")
            self._say("c IDLE", b"+")
            return True
        except (AssertionError, OSError) as e:
            print(f"  {e}")
            return False

    def close(self):
        self.lines.close()
        self.socket.close()
