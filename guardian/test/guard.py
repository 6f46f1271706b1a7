"""What the tests share: a guardian, the node's side of its file and sockets, and a judge of what lives."""

import contextlib
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.environ.get("GUARDIAN_TARGET", os.path.join(HERE, "..", "target"))
FAST = os.path.join(TARGET, "pombal-guardian")
SANITIZED = os.path.join(TARGET, "sanitized", "pombal-guardian")
CROWD = os.path.join(TARGET, "test", "crowd")
# After the deadline, everything is gone by then (design: 0.5 s). Slow machines may multiply it.
BOUND = 0.5 * float(os.environ.get("GUARDIAN_SLOWNESS", "1"))
PATIENCE = 20.0

WAITING, SERVING, KILLING, ENDED = 1, 2, 3, 4
REPORT = struct.Struct("<8sII16sQQQQQQQQIIIIIIIIQ")
REPORT_FIELDS = (
    "magic version state boot_id sequence since trusted_until kill_began all_gone_at beat starts kills "
    "killed stuck stuck_pid refused fault guardian_pid dovecot_pid session guardian_start"
).split()
RECORD = struct.Struct("<IIIIQQ16s")
HELLO, STATUS, LIST, WATCH, KILL, TERMINATE = 1, 2, 3, 4, 5, 6
SAY_HELLO, SAY_STATUS, SAY_PROCESS, SAY_END, SAY_GONE, SAY_KILLED, SAY_REFUSED, SAY_TERMINATED = range(101, 109)


def now():
    """Seconds of CLOCK_BOOTTIME."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def await_that(condition, what, patience=PATIENCE):
    end = now() + patience
    while not (result := condition()):
        if now() > end:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(0.002)
    return result


@contextlib.contextmanager
def ahead_of_everybody():
    """So that the judge is not late himself."""
    allowed = True
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(20))
    except PermissionError:
        allowed = False
    try:
        yield
    finally:
        if allowed:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def boot_id():
    with open("/proc/sys/kernel/random/boot_id") as file:
        return uuid.UUID(file.read().strip()).bytes


def start_time(pid):
    """Field 22 of /proc/PID/stat, or None if there is no such process or it is a zombie."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


class TrustFile:
    """The node's side of the file."""

    def __init__(self, path):
        self.path = path
        self.sequence = 0
        await_that(lambda: os.path.exists(path) and os.path.getsize(path) == 24576, "the file is made")
        self.file = open(path, "r+b", buffering=0)
        

    def __setitem__(self, place, value):
        os.pwrite(self.file.fileno(), value, place.start)

    def __getitem__(self, place):
        return os.pread(self.file.fileno(), place.stop - place.start, place.start).ljust(place.stop - place.start, b"\0")

    def write(self, until, magic=b"POMBAL-T", version=1, boot=None):
        """until: seconds of CLOCK_BOOTTIME."""
        self.sequence += 2
        self[32:40] = struct.pack("<Q", self.sequence - 1)
        self[0:32] = magic + struct.pack("<II", version, 0) + (boot or boot_id())
        self[40:48] = struct.pack("<Q", int(until * 1e9))
        self[32:40] = struct.pack("<Q", self.sequence)

    def trust(self, seconds):
        until = now() + seconds
        self.write(until)
        return until

    def name_other(self, slot, pid, start):
        self[8192 + slot * 16 : 8208 + slot * 16] = struct.pack("<IIQ", pid, 0, start)

    def report(self):
        for _ in range(1000):
            report = dict(zip(REPORT_FIELDS, REPORT.unpack(self[4096 : 4096 + REPORT.size])))
            again = struct.unpack("<Q", self[4128:4136])[0]
            if report["sequence"] % 2 == 0 and report["sequence"] == again:
                break
        report["all_gone_at"] /= 1e9
        return report

    def await_state(self, state, patience=PATIENCE):
        await_that(lambda: self.report()["state"] == state, f"state {state}; it is {self.report()}", patience)


class Fifo:
    """Is at its end when none of the crowd lives any more."""

    def __init__(self, path):
        os.mkfifo(path)
        self.path = path
        self.reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def has_writers(self):
        with contextlib.suppress(BlockingIOError):
            while os.read(self.reader, 100):
                pass
            return False
        return True

    def await_crowd(self):
        def says_so():
            with contextlib.suppress(BlockingIOError):
                return os.read(self.reader, 1) == b"!"

        await_that(says_so, "the crowd is complete")

    def await_end(self, patience=PATIENCE):
        """The time when the last one was gone."""
        end = now() + patience
        with ahead_of_everybody():
            while self.has_writers():
                assert now() < end, f"the crowd lives on after {patience} s"
                time.sleep(0.0005)
            return now()

    def close(self):
        os.close(self.reader)


class Guardian:
    """A running guardian and its watcher, in a folder of its own on tmpfs."""

    def __init__(self, *command, options=(), program=SANITIZED, folder=None, trust=True):
        self.own_folder = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix="guardian-", dir="/dev/shm")
        self.trust_path = self.path("trust")
        arguments = [program, "--control", self.path("control")]
        if trust:
            arguments += ["--trust", self.trust_path]
        arguments += [*options]
        if command:
            arguments += ["--", *command]
        self.log = open(self.path("log"), "ab")
        self.process = subprocess.Popen(arguments, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        self.watcher_pid = self.process.pid
        if trust:
            await_that(lambda: os.path.exists(self.trust_path) or self.process.poll() is not None, "the file is made")
            assert self.process.poll() is None, self.text()
            self.file = TrustFile(self.trust_path)
            self.await_guardian()

    def path(self, name):
        return os.path.join(self.folder, name)

    def await_guardian(self):
        """The guardian proper, as it reports itself."""

        def ready():
            report = self.file.report()
            pid = report["guardian_pid"]
            return pid and start_time(pid) == report["guardian_start"] and pid in children(self.watcher_pid) and pid

        self.guardian_pid = await_that(ready, "the guardian reports itself: " + self.text())
        return self.guardian_pid

    def serve(self, seconds):
        """Trust for that long, from when the guardian uses it: if it came to it too late, it gets another one."""
        until = self.file.trust(seconds)

        def serves():
            nonlocal until
            if self.file.report()["state"] == SERVING:
                return True
            if now() > until:
                until = self.file.trust(seconds)
            return False

        await_that(serves, f"Dovecot is served; {self.file.report()}")
        return until

    def text(self):
        with open(self.path("log"), errors="replace") as log:
            return log.read()

    def await_exit(self, patience=PATIENCE):
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the guardian does not end: {self.text()}") from None

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                for pid in (getattr(self, "guardian_pid", None), self.watcher_pid):
                    if pid and start_time(pid):
                        os.kill(pid, signal.SIGKILL)
                self.process.wait(5)
        text = self.text()
        self.log.close()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        for sign in ("ERROR: AddressSanitizer", "runtime error:", "LeakSanitizer"):
            assert sign not in text, text


class Control:
    """A client of the control socket."""

    def __init__(self, path, greet=True):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        await_that(lambda: self._connect(path), "the control socket accepts")
        self.rest = b""
        self.ids = 0
        if greet:
            assert self.ask(HELLO, value=1)["type"] == SAY_HELLO

    def _connect(self, path):
        with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
            self.socket.connect(path)
            return True
        return False

    def send(self, kind, pid=0, value=0, start=0):
        self.ids += 1
        self.socket.sendall(RECORD.pack(kind, self.ids, pid, value, start, 0, b""))
        return self.ids

    def receive(self):
        while len(self.rest) < RECORD.size:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.rest += more
        record, self.rest = self.rest[: RECORD.size], self.rest[RECORD.size :]
        fields = dict(zip("type id pid value start time name".split(), RECORD.unpack(record)))
        fields["name"] = fields["name"].rstrip(b"\0").decode()
        return fields

    def receive_for(self, request):
        while (answer := self.receive())["id"] != request:
            pass
        return answer

    def ask(self, *arguments, **named):
        return self.receive_for(self.send(*arguments, **named))

    def list(self):
        request = self.send(LIST)
        found = []
        while (answer := self.receive_for(request))["type"] == SAY_PROCESS:
            found.append(answer)
        assert answer["type"] == SAY_END and answer["value"] == len(found), answer
        return found

    def close(self):
        self.socket.close()


def receive_descriptors(path, count):
    """The node's part in handing over: returns the connection and the listening sockets."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)
    connection.connect(path)
    sockets = []
    for number in range(count):
        data, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
        assert data == bytes([number]) and len(descriptors) == 1, (data, descriptors)
        sockets.append(socket.socket(fileno=descriptors[0]))
    return connection, sockets
