"""Real Dovecots, whose logins ask on a socket of the guardian's."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile

from guard import *

CACHE = os.environ.get("POMBAL_CACHE", os.path.expanduser("~/.cache/pombal"))
COMMON = """
instance_name = {name}
base_dir = {inside}/run
state_dir = {inside}/state
log_path = {inside}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
default_process_limit = 3000
default_client_limit = 4000
mail_uid = 5000
mail_gid = 5000
first_valid_uid = 5000
first_valid_gid = 5000
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
  {login}
}}
"""
VERSION_23 = """
disable_plaintext_auth = no
mail_location = sdbox:{inside}/mail/%u
mail_max_userip_connections = 1000
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=5000 gid=5000 home={inside}/mail/%u
}}
"""
VERSION_24 = """
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
auth_allow_cleartext = yes
login_socket_path = pombal/cluster
mail_driver = sdbox
mail_path = {inside}/mail/%{{user}}
mail_max_userip_connections = 1000
passdb static {{
  password = secret
}}
userdb static {{
  fields {{
    uid = 5000
    gid = 5000
    home = {inside}/mail/%{{user}}
  }}
}}
"""


class Dovecot:
    """A Dovecot under a guardian, with a stand-in for the node."""

    def __init__(self, version, program=FAST):
        root = os.path.join(CACHE, "debian-13") if version == "2.4" else ""
        self.prefix = ["chroot", root] if root else []
        self.folder = tempfile.mkdtemp(prefix="pombal-guardian-", dir=root + "/tmp")
        os.chmod(self.folder, 0o755)
        inside = self.folder[len(root) :]
        for name, mode in (("mail", 0o777), ("state", 0o755)):
            os.mkdir(f"{self.folder}/{name}")
            os.chmod(f"{self.folder}/{name}", mode)
        self.port = free_port()
        login = "executable = imap-login pombal/cluster" if not root else ""
        text = (VERSION_24 + COMMON if root else COMMON + VERSION_23).format(
            name="guardian-test", inside=inside, port=self.port, login=login)
        with open(self.folder + "/dovecot.conf", "w") as file:
            file.write(text)
        self.configuration = inside + "/dovecot.conf"
        self.login_socket = self.folder + "/run/login/pombal/cluster"
        self.guardian = Guardian(
            *self.prefix, "/usr/sbin/dovecot", "-F", "-c", self.configuration, program=program,
            options=["--listen", self.login_socket + ",mode=0666", "--descriptors", self.folder + "/descriptors",
                     "--program", root + "/usr/lib/dovecot/"])
        self.relay = None

    def start_relay(self):
        here = os.path.dirname(os.path.abspath(__file__))
        self.relay = subprocess.Popen([sys.executable, here + "/relay.py", self.folder + "/descriptors",
                                       self.folder + "/run/login/login"])

    def kill_relay(self):
        if self.relay:
            self.relay.kill()
            self.relay.wait()
            self.relay = None

    def serve(self, seconds):
        until = self.guardian.serve(seconds)
        await_that(lambda: os.path.exists(self.login_socket), "the login socket: " + self.log())
        if self.relay is None:
            self.start_relay()
        return until

    def doveadm(self, *arguments):
        command = [*self.prefix, "/usr/bin/doveadm", "-c", self.configuration, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    def mail_processes(self):
        return [pid for pid in children(self.guardian.file.report()["dovecot_pid"]) if name_of(pid) == "imap"]

    def log(self):
        with contextlib.suppress(FileNotFoundError):
            with open(self.folder + "/dovecot.log", errors="replace") as log:
                return log.read()
        return ""

    def end(self):
        self.kill_relay()
        self.guardian.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Session:
    """An IMAP session that idles."""

    def __init__(self, port, user):
        self.connection = await_that(lambda: self.connects(port), "Dovecot listens")
        self.connection.settimeout(PATIENCE)
        self.lines = self.connection.makefile("rb")
        self.await_line(b"* OK")
        self.say(f"a login {user} secret")
        self.await_line(b"a OK")
        self.say("b select INBOX")
        self.await_line(b"b OK")
        self.say("c idle")
        self.await_line(b"+ idling")

    def connects(self, port):
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", port))

    def say(self, line):
        self.connection.sendall(line.encode() + b"\r\n")

    def await_line(self, start):
        while not (line := self.lines.readline()).startswith(start):
            assert line, f"the connection ended before {start}"

    def noop(self):
        self.say("DONE")
        self.await_line(b"c OK")
        self.say("c idle")
        self.await_line(b"+ idling")

    def close(self):
        self.lines.close()
        self.connection.close()


def name_of(pid):
    with contextlib.suppress(OSError):
        with open(f"/proc/{pid}/comm") as file:
            return file.read().strip()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
