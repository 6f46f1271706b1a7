"""The demo of a build, whose nodes are replaced by another build's; its commands are asked over HTTP."""

import glob
import http.client
import json
import os
import re
import signal
import socket
import time
import urllib.error
import urllib.request

from idlers import Idler

PASSWORD = "pombal"
PROXY, IMAP = "127.0.77.1", 10143
HTTP_SECONDS = 20


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def until(condition, what, seconds):
    end = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < end, f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def backend(number):
    return f"backend{number}.test"


def get(url, token=None):
    """Status and body of a page; status 0 if nobody answers."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=HTTP_SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()
    except OSError as e:
        return 0, str(e)


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=HTTP_SECONDS)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(HTTP_SECONDS)
        self.sock.connect(self.path)


def _processes(*arguments):
    """Ids of the Java processes that have these arguments at the end of their command line."""
    wanted = "\0".join(arguments) + "\0"
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path) as file:
                line = file.read()
            if line.endswith(wanted) and line.split("\0")[0].endswith("/java"):
                found.append(int(path.split("/")[2]))
        except OSError:
            continue
    return found


class Node:
    """One of the demo's nodes, or what was put in its place."""

    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.settings = os.path.join(folder, "node.conf")
        self.started = None
        with open(self.settings) as file:
            self.url = "http://" + re.search("^cluster_http_listen = (.*)$", file.read(), re.M).group(1)
        (self.pid,) = _processes("node", "--config", self.settings)

    def _log_file(self):
        return os.path.join(self.folder, "replaced.log" if self.started else "node.log")

    def log(self):
        with open(self._log_file()) as file:
            return file.read()

    def replace(self, build):
        """As an upgrade does: stops it, and starts that of a build with the same settings and state."""
        os.kill(self.pid, signal.SIGTERM)
        # Each is reaped by who started it: the demo's by the demo.
        until(lambda: self.started.poll() is not None if self.started else not _processes("node", "--config", self.settings),
              f"{self.folder} to end", 30)
        self.build = build
        self.started = build.start(os.path.join(self.folder, "replaced.log"), "node", "--config", self.settings)
        self.pid = self.started.pid

    def signal(self, number):
        os.kill(self.pid, number)

    def is_running(self):
        return bool(_processes("node", "--config", self.settings))

    def is_ready(self):
        return get(f"{self.url}/readyz")[0] == 200

    def close(self):
        if self.started and self.started.poll() is None:
            self.started.terminate()
            self.started.wait(timeout=30)


class Demo:
    """Cassandra, a proxy, three backends and a controller of a build."""

    def __init__(self, build, output):
        self.build = build
        self.output = output
        self.nodes = {}
        self.folder = ""
        self.process = build.start(output, "demo")

    def printed(self):
        with open(self.output) as file:
            return file.read()

    def await_up(self):
        until(lambda: "Ctrl-C stops everything" in self.printed() or self.process.poll() is not None, "the demo to be up", 300)
        expect("Each user was served by the backend that GeoDB names" in self.printed(), self.printed())
        self.folder = os.path.dirname(os.path.dirname(re.search("POMBAL_SOCKET=(.*)$", self.printed(), re.M).group(1)))
        for name in ("node1", "backend-node1", "backend-node2", "backend-node3"):
            self.nodes[name] = Node(self.build, os.path.join(self.folder, name))

    def settings(self, node):
        return self.nodes[node].settings

    def ask(self, node, command, parameters):
        """The rows that a node's command answers."""
        connection = _UnixConnection(os.path.join(self.folder, node, "doveadm.sock"))
        connection.request("POST", "/doveadm/v1", json.dumps([[command, parameters, "t"]]))
        body = connection.getresponse().read().decode()
        connection.close()
        kind, rows, _ = json.loads(body)[0]
        expect(kind == "doveadmResponse", f"{command} {parameters} of {node} ({self.nodes[node].build.name}): {body}")
        return rows

    def answers(self, node):
        """Whether the node is ready and has GeoDB, which it is ready without, too."""
        try:
            return self.nodes[node].is_ready() and bool(self.ask(node, "clusterSiteList", {}))
        except (AssertionError, OSError):
            return False

    def user(self, node, user):
        return self.ask(node, "clusterUserStatus", {"user": user})[0]

    def session(self, user):
        return Idler(user, PASSWORD, IMAP, PROXY)

    def _logins(self, user):
        """How many sessions each backend's Dovecot says that it let in."""
        counts = {}
        for number in (1, 2, 3):
            with open(os.path.join(self.folder, f"backend{number}", "dovecot.log")) as file:
                counts[number] = len(re.findall(f"imap-login: (?:Info: )?(?:Login|Logged in): user=<{re.escape(user)}>", file.read()))
        return counts

    def expect_served(self, user, number=None):
        """A login through the proxy, now or soon; by this backend, or by the one that the proxy's node names."""
        number = number or int(re.search("[0-9]", self.user("node1", user)["backend"]).group())
        before = self._logins(user)

        def lets_in():
            try:
                self.session(user).close()
                return True
            except (AssertionError, OSError):
                return False

        until(lets_in, f"{user} to be let in", 30)
        expected = {**before, number: before[number] + 1}
        # Dovecot's log process may be a moment behind.
        until(lambda: self._logins(user) != before, f"the login of {user} to be logged", 10)
        expect(self._logins(user) == expected, f"{user}: logins by backend were {before} and are {self._logins(user)}, not {expected}")

    def controller_url(self):
        return re.search(r"the controller answers at (\S+)", self.printed()).group(1)

    def controller_asked(self, url, path):
        """The token is in GeoDB, so each controller takes it."""
        status, body = get(url + path, re.search(r"Authorization: Bearer (\S+)'", self.printed()).group(1))
        expect(status == 200, f"{url}{path} answers {status}: {body}")
        return json.loads(body)

    def say(self):
        """What is known when something went wrong."""
        text = self.printed()[-3000:]
        for name, node in self.nodes.items():
            text += f"\n== {name}, {node.build.name}\n" + node.log()[-3000:]
        return text

    def close(self):
        for node in self.nodes.values():
            node.close()
        self.process.terminate()
        self.process.wait(timeout=120)


class Controller:
    """One more for the demo's site, of another build."""

    ADDRESS = "127.0.77.99:18080"

    def __init__(self, build, demo, folder):
        with open(os.path.join(demo.folder, "controller/controller.conf")) as file:
            settings = re.sub("^CONTROLLER_LISTEN = .*$", f"CONTROLLER_LISTEN = {self.ADDRESS}", file.read(), flags=re.M)
        path = os.path.join(folder, "controller.conf")
        with open(path, "w") as file:
            file.write(settings)
        self.url = f"http://{self.ADDRESS}/api/v1"
        self.process = build.start(os.path.join(folder, "controller.log"), "controller", "--config", path)

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)


def health(url):
    status, body = get(f"{url}/health")
    return json.loads(body) if status == 200 else {}
