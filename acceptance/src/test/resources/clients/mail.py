"""Python's own mail libraries as clients. Prints one line: what the server let them do. Exit code 1 and the server's answer on refusal.

Usage: mail.py imap|imap-cram-md5|imap-xoauth2|pop3|submission|lmtp HOST PORT USER SECRET [RECIPIENT]
"""
import imaplib
import poplib
import smtplib
import sys

TIMEOUT = 30
MESSAGE = "From: tester@example.org\r\nTo: {0}\r\nSubject: {1}\r\n\r\nHello {0}\r\n"


def imap(host, port, authenticate):
    with imaplib.IMAP4(host, port, timeout=TIMEOUT) as client:
        authenticate(client)
        status, count = client.select("INBOX")
        return f"{status} {count[0].decode()} messages"


def pop3(host, port, user, secret):
    client = poplib.POP3(host, port, timeout=TIMEOUT)
    client.user(user)
    client.pass_(secret)
    count, _ = client.stat()
    client.quit()
    return f"OK {count} messages"


def submission(host, port, user, secret):
    with smtplib.SMTP(host, port, local_hostname="tester", timeout=TIMEOUT) as client:
        # Not login(), which prefers CRAM-MD5: with that a proxy learns no password to log in with at the backend.
        client.ehlo()
        client.user, client.password = user, secret
        client.auth("PLAIN", client.auth_plain)
        client.sendmail(user, [user], MESSAGE.format(user, "submitted"))
        return "OK submitted"


def lmtp(host, port, recipient):
    with smtplib.LMTP(host, port, local_hostname="tester", timeout=TIMEOUT) as client:
        client.sendmail("tester@example.org", [recipient], MESSAGE.format(recipient, "delivered"))
        return "OK delivered"


def main(protocol, host, port, user, secret):
    port = int(port)
    if protocol == "imap":
        return imap(host, port, lambda client: client.login(user, secret))
    if protocol == "imap-cram-md5":
        return imap(host, port, lambda client: client.login_cram_md5(user, secret))
    if protocol == "imap-xoauth2":
        token = f"user={user}\x01auth=Bearer {secret}\x01\x01".encode()
        return imap(host, port, lambda client: client.authenticate("XOAUTH2", lambda challenge: token if not challenge else b""))
    if protocol == "pop3":
        return pop3(host, port, user, secret)
    if protocol == "submission":
        return submission(host, port, user, secret)
    if protocol == "lmtp":
        return lmtp(host, port, user)
    raise SystemExit(f"unknown protocol {protocol}")


try:
    print(main(*sys.argv[1:6]))
except (imaplib.IMAP4.error, poplib.error_proto, smtplib.SMTPException, OSError) as refusal:
    print(f"{type(refusal).__name__}: {refusal}")
    sys.exit(1)
