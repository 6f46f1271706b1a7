"""Stands in for the node: gets its listening socket from the guardian, and passes bytes between it and Dovecot's auth.

relay.py DESCRIPTORS AUTH
"""

import os
import select
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from guard import receive_descriptors

_, (listening,) = receive_descriptors(sys.argv[1], 1)
other_end = {}
while True:
    for ready in select.select([listening, *other_end], [], [])[0]:
        if ready is listening:
            client, _ = listening.accept()
            auth = socket.socket(socket.AF_UNIX)
            auth.connect(sys.argv[2])
            other_end[client], other_end[auth] = auth, client
        elif ready in other_end:
            data = ready.recv(65536)
            if data:
                other_end[ready].sendall(data)
            else:
                other_end.pop(other_end.pop(ready)).close()
                ready.close()
