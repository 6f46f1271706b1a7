"""Asks Dovecot's userdb one question, as lmtp or indexer-worker would. Prints the first line of the answer.

Usage: userdb.py SOCKET REQUEST
"""
import socket
import sys

TIMEOUT = 30

with socket.socket(socket.AF_UNIX) as connection:
    connection.settimeout(TIMEOUT)
    connection.connect(sys.argv[1])
    connection.sendall(("VERSION\t1\t0\n" + sys.argv[2] + "\n").encode())
    with connection.makefile(encoding="utf-8") as answers:
        for line in answers:
            if not line.startswith(("VERSION\t", "SPID\t")):
                print(line.rstrip("\n"))
                break
