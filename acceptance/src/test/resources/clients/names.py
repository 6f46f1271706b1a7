"""Shows each protocol a name as raw bytes, also one that no mail library would send.

Usage: names.py HOST IMAP POP3 SUBMISSION SIEVE LMTP NAME PASSWORD DOVEADM-COMMAND...
The name is in hexadecimal. For each protocol it prints a line: the protocol, what became of the name, and the server's last
words. The name is served, refused (there was an answer), or broken (there was none).
"""
import base64
import random
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

TIMEOUT = 30


class Refused(Exception):
    pass


class Line:
    """A connection from an address of its own: after a refusal Dovecot lets an address wait."""

    def __init__(self, host, port):
        source = f"127.{random.randrange(128, 255)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        self.socket = socket.create_connection((host, port), TIMEOUT, (source, 0))
        self.input = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, data, good, last=rb".*"):
        """Sends a line and reads up to one that matches; it must be a good one."""
        if data is not None:
            try:
                self.socket.sendall(data + b"\r\n")
            except (BrokenPipeError, ConnectionResetError):
                pass  # what was said before is there to be read
        while True:
            answer = self.input.readline()
            if not answer:
                raise OSError("closed without an answer")
            if re.match(good, answer):
                return answer
            if re.match(last, answer):
                raise Refused(answer.decode("latin-1").strip())


def plain(name, password):
    return base64.b64encode(b"\0" + name + b"\0" + password)


def imap_session(line):
    line.ask(b"b SELECT INBOX", rb"b OK", rb"b |\* BYE")


IMAP_LAST = rb"a |\* BYE|\* BAD"


def imap(line, name, password):
    line.ask(None, rb"\* OK")
    line.ask(b"a AUTHENTICATE PLAIN", rb"\+", IMAP_LAST)
    line.ask(plain(name, password), rb"a OK", IMAP_LAST)
    imap_session(line)


def imap_sasl_login(line, name, password):
    line.ask(None, rb"\* OK")
    line.ask(b"a AUTHENTICATE LOGIN", rb"\+", IMAP_LAST)
    line.ask(base64.b64encode(name), rb"\+", IMAP_LAST)
    line.ask(base64.b64encode(password), rb"a OK", IMAP_LAST)
    imap_session(line)


def imap_literal(line, name, password):
    line.ask(None, rb"\* OK")
    line.ask(b"a LOGIN {%d+}\r\n%s {%d+}\r\n%s" % (len(name), name, len(password), password), rb"a OK", IMAP_LAST)
    imap_session(line)


def pop3(line, name, password):
    line.ask(None, rb"\+OK")
    line.ask(b"AUTH PLAIN", rb"\+ ")
    line.ask(plain(name, password), rb"\+OK")
    line.ask(b"STAT", rb"\+OK")


def submission(line, name, password):
    line.ask(None, rb"220 ")
    line.ask(b"EHLO tester", rb"250 ", rb"[45]")
    line.ask(b"AUTH PLAIN", rb"334")
    line.ask(plain(name, password), rb"235")
    line.ask(b"NOOP", rb"250")


def sieve(line, name, password):
    line.ask(None, rb"OK", rb"NO|BYE")
    response = plain(name, password)
    line.ask(b'AUTHENTICATE "PLAIN" {%d+}\r\n%s' % (len(response), response), rb"OK", rb"NO|BYE")
    # After a login the capabilities may follow by themselves, and end with an OK too.
    line.ask(b"NOOP \"here\"", rb'OK \(TAG "here"\)', rb"NO|BYE")


def lmtp(line, name, _):
    local, _, domain = name.rpartition(b"@")
    if not re.fullmatch(rb"[\w.+*-]+", local):
        local = b'"' + re.sub(rb'(["\\])', rb"\\\1", local) + b'"'
    line.ask(None, rb"220 ")
    line.ask(b"LHLO tester", rb"250 ", rb"[45]")
    line.ask(b"MAIL FROM:<>", rb"250")
    line.ask(b"RCPT TO:<%s@%s>" % (local, domain), rb"250")
    line.ask(b"DATA", rb"354")
    line.ask(b"Subject: odd name\r\n\r\nHello\r\n.", rb"250")


PROTOCOLS = [imap, imap_sasl_login, imap_literal, pop3, submission, sieve, lmtp]


def attempt(protocol, host, port, name, password):
    try:
        with Line(host, port) as line:
            protocol(line, name, password)
            return "served", ""
    except Refused as refusal:
        return "refused", str(refusal)
    except OSError as e:
        return "broken", f"{type(e).__name__}: {e}"


def doveadm(command, name):
    if b"\0" in name:
        return "refused", "no argument of a program can have a NUL"
    end = subprocess.run([*command, b"mailbox", b"status", b"-u", name, b"messages", b"INBOX"], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False)
    words = end.stdout.decode("latin-1").replace("\n", " ")
    if end.returncode == 0:
        return "served", words
    return ("refused" if end.returncode > 0 else "broken"), f"exit code {end.returncode}: {words}"


def main(host, ports, name, password, command):
    uses = [(protocol.__name__, partial(attempt, protocol, host, port, name, password))
            for protocol, port in zip(PROTOCOLS, ports)]
    uses.append(("doveadm", partial(doveadm, command, name)))
    # One alone first: processes that make a mailbox at the same time get into each other's way.
    protocol, use = uses[0]
    show(protocol, use())
    with ThreadPoolExecutor(8) as threads:
        ended = [(protocol, threads.submit(use)) for protocol, use in uses[1:]]
        for protocol, end in ended:
            show(protocol, end.result())


def show(protocol, end):
    outcome, words = end
    print(protocol, outcome, ascii(words[:200]))


imap_port, pop3_port, submission_port, sieve_port, lmtp_port = map(int, sys.argv[2:7])
main(sys.argv[1], [imap_port, imap_port, imap_port, pop3_port, submission_port, sieve_port, lmtp_port],
     bytes.fromhex(sys.argv[7]), sys.argv[8].encode(), [argument.encode() for argument in sys.argv[9:]])
