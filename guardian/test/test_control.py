import os
import signal
import unittest

from guard import *

TOO_MANY = 8


class ControlSocket(unittest.TestCase):
    """What the node asks, and what clients cannot do to the guardian."""

    def guard(self, *command, **named):
        guardian = Guardian(*(command or ("sh", "-c", "sleep 1000 & sleep 1000 & wait")), **named)
        self.addCleanup(guardian.end)
        return guardian

    def client(self, guardian, **named):
        control = Control(guardian.path("control"), **named)
        self.addCleanup(control.close)
        return control

    def sleepers(self, guardian):
        dovecot = guardian.file.report()["dovecot_pid"]
        return await_that(lambda: len(found := children(dovecot)) == 2 and found, "two children")

    def test_the_list_has_all_processes_below(self):
        guardian = self.guard()
        guardian.serve(30)
        sleepers = self.sleepers(guardian)
        control = self.client(guardian)
        named = lambda: [process for process in control.list() if process["name"] == "sleep"]
        listed = await_that(lambda: len(found := named()) == 2 and found, "both are listed")
        self.assertEqual({process["pid"] for process in listed}, set(sleepers))
        for process in listed:
            self.assertEqual(process["start"], start_time(process["pid"]))
            self.assertEqual(process["value"], guardian.file.report()["dovecot_pid"])

    def test_a_long_list_comes_whole(self):
        folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, folder)
        fifo = Fifo(folder + "/fifo")
        self.addCleanup(fifo.close)
        guardian = self.guard(CROWD, fifo.path, "flat", "1000")
        guardian.serve(50)
        control = self.client(guardian)
        await_that(lambda: len(control.list()) == 1001, "all are listed")

    def test_the_end_of_a_watched_process_is_told(self):
        guardian = self.guard()
        guardian.serve(30)
        first, second = self.sleepers(guardian)
        control = self.client(guardian)
        watches = {pid: control.send(WATCH, pid=pid, start=start_time(pid)) for pid in (first, second)}
        start = start_time(first)
        os.kill(first, signal.SIGKILL)
        gone = control.receive_for(watches[first])
        self.assertEqual((gone["type"], gone["pid"], gone["start"], gone["value"]), (SAY_GONE, first, start, 0))

    def test_a_process_that_was_gone_before_is_told_at_once(self):
        control = self.client(self.guard())
        for pid, start in ((os.getpid(), 1), (0, 0), (2**31, 0), (2**22 + 5, 9)):
            with self.subTest(pid):
                gone = control.ask(WATCH, pid=pid, start=start)
                self.assertEqual((gone["type"], gone["value"]), (SAY_GONE, 1))

    def test_a_killed_process_is_seen_gone(self):
        guardian = self.guard()
        guardian.serve(30)
        first, second = self.sleepers(guardian)
        control = self.client(guardian)
        killed = control.ask(KILL, pid=first, start=start_time(first), value=1000)
        self.assertEqual((killed["type"], killed["value"]), (SAY_KILLED, 0))
        self.assertIsNone(start_time(first))
        self.assertIsNotNone(start_time(second))

    def test_a_process_is_asked_to_end_and_its_end_is_told(self):
        guardian = self.guard()
        guardian.serve(30)
        first, second = self.sleepers(guardian)
        start = start_time(first)
        control = self.client(guardian)
        control.send(WATCH, pid=first, start=start)
        asked = control.ask(TERMINATE, pid=first, start=start)
        answers = [asked, control.receive()]
        self.assertIn((SAY_TERMINATED, 1), [(answer["type"], answer["value"]) for answer in answers])
        self.assertIn((SAY_GONE, 0), [(answer["type"], answer["value"]) for answer in answers])
        self.assertIsNotNone(start_time(second))
        again = control.ask(TERMINATE, pid=first, start=start)
        self.assertEqual((again["type"], again["value"]), (SAY_TERMINATED, 0), "it is gone already")

    def test_strangers_are_not_asked_to_end(self):
        guardian = self.guard()
        guardian.serve(30)
        control = self.client(guardian)
        stranger = subprocess.Popen(["sleep", "1000"])
        try:
            answer = control.ask(TERMINATE, pid=stranger.pid, start=start_time(stranger.pid))
            self.assertEqual((answer["type"], answer["value"]), (SAY_TERMINATED, 2))
            self.assertIsNone(stranger.poll())
        finally:
            stranger.kill()
            stranger.wait()

    def test_strangers_are_not_killed(self):
        guardian = self.guard()
        guardian.serve(30)
        control = self.client(guardian)
        stranger = subprocess.Popen(["sleep", "1000"])
        try:
            for pid in (stranger.pid, os.getpid(), guardian.watcher_pid, guardian.guardian_pid, 1):
                with self.subTest(pid):
                    answer = control.ask(KILL, pid=pid, start=start_time(pid), value=100)
                    self.assertEqual((answer["type"], answer["value"]), (SAY_KILLED, 2))
            guardian.file.name_other(3, stranger.pid, start_time(stranger.pid))
            answer = control.ask(KILL, pid=stranger.pid, start=start_time(stranger.pid), value=100)
            self.assertEqual(answer["value"], 2, "named, but not Dovecot's program")
            self.assertIsNone(stranger.poll())
        finally:
            stranger.kill()
            stranger.wait()

    def test_a_named_process_of_dovecots_is_killed(self):
        other = subprocess.Popen(["sleep", "1000"])
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        guardian = self.guard(options=["--program", os.readlink(f"/proc/{other.pid}/exe")])
        control = self.client(guardian)
        guardian.file.name_other(3, other.pid, start_time(other.pid))
        answer = control.ask(KILL, pid=other.pid, start=start_time(other.pid), value=5000)
        self.assertEqual((answer["type"], answer["value"]), (SAY_KILLED, 0))
        self.assertEqual(other.wait(PATIENCE), -signal.SIGKILL)

    def test_a_reused_pid_is_not_killed(self):
        guardian = self.guard()
        guardian.serve(30)
        first, _ = self.sleepers(guardian)
        answer = self.client(guardian).ask(KILL, pid=first, start=start_time(first) - 1, value=100)
        self.assertEqual((answer["type"], answer["value"]), (SAY_KILLED, 0), "the one that was meant is gone")
        self.assertIsNotNone(start_time(first))

    def test_changes_of_state_are_told(self):
        guardian = self.guard()
        control = self.client(guardian)
        self.assertEqual(control.ask(STATUS)["value"], WAITING)
        guardian.file.trust(1.0)
        states = []
        while WAITING not in states:
            states.append(control.receive()["value"])
        self.assertEqual(states, [SERVING, KILLING, WAITING])

    def test_whoever_misbehaves_is_dropped_and_others_are_served(self):
        guardian = self.guard()
        good = self.client(guardian)
        for what, records in (
            ("no HELLO", [(STATUS, 1, 0, 0, 0)]),
            ("another version", [(HELLO, 1, 0, 2, 0)]),
            ("unknown type", [(HELLO, 1, 0, 1, 0), (99, 2, 0, 0, 0)]),
            ("kill without limit", [(HELLO, 1, 0, 1, 0), (KILL, 2, 1, 0, 1)]),
            ("kill with too long a limit", [(HELLO, 1, 0, 1, 0), (KILL, 2, 1, 60001, 1)]),
        ):
            with self.subTest(what):
                bad = self.client(guardian, greet=False)
                for record in records:
                    bad.socket.sendall(RECORD.pack(*record, 0, b""))
                with self.assertRaises((EOFError, ConnectionResetError)):
                    while True:
                        bad.receive()
        self.assertEqual(good.ask(STATUS)["value"], WAITING)

    def test_noise_and_half_records_do_no_harm(self):
        guardian = self.guard()
        half = self.client(guardian)
        half.socket.sendall(b"\0" * 47)
        for _ in range(50):
            noise = self.client(guardian, greet=False)
            with contextlib.suppress(OSError):
                noise.socket.sendall(os.urandom(4800))
            noise.close()
        self.assertEqual(self.client(guardian).ask(STATUS)["value"], WAITING)

    def test_a_client_that_does_not_read_is_dropped_and_delays_no_kill(self):
        guardian = self.guard()
        until = guardian.serve(3.0)
        self.sleepers(guardian)
        deaf = self.client(guardian)
        deaf.socket.settimeout(0.2)
        with contextlib.suppress(OSError):
            while now() < until + 0.5:
                deaf.socket.sendall(RECORD.pack(LIST, 7, 0, 0, 0, 0, b"") * 64)
        guardian.file.await_state(WAITING)
        self.assertLess(guardian.file.report()["all_gone_at"] - until, BOUND)

    def test_more_than_eight_are_sent_away(self):
        guardian = self.guard()
        for _ in range(TOO_MANY):
            self.client(guardian)
        one_more = self.client(guardian, greet=False)
        with self.assertRaises((EOFError, ConnectionResetError)):
            one_more.receive()

    def test_only_root_and_the_group_may_ask(self):
        guardian = self.guard(options=["--group", "mail"])
        path = guardian.path("control")
        os.chmod(guardian.folder, 0o755)
        status = os.stat(path)
        self.assertEqual((status.st_mode & 0o777, status.st_uid), (0o660, 0))
        self.assertEqual(status.st_gid, os.stat(guardian.trust_path).st_gid)
        os.chmod(path, 0o666)
        hello = f"import sys; sys.path.insert(0, {os.path.dirname(os.path.abspath(__file__))!r}); " \
                f"from guard import *; Control({path!r}); print('served')"
        for group, extra, served in ((65534, [], False), (status.st_gid, [], True), (65534, [status.st_gid], True)):
            with self.subTest(group=group, extra=extra):
                result = subprocess.run(["/usr/bin/python3", "-c", hello], user=65534, group=group, extra_groups=extra,
                                        capture_output=True, text=True, env={"GUARDIAN_TARGET": TARGET})
                self.assertEqual("served" in result.stdout, served, result.stderr)
