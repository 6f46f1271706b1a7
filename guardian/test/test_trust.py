import os
import signal
import subprocess
import sys
import unittest

from guard import *

NODE = """
import sys, time
sys.path.insert(0, sys.argv[1])
from guard import TrustFile
file = TrustFile(sys.argv[2])
while True:
    file.trust(float(sys.argv[3]))
    time.sleep(0.1)
"""


class Trust(unittest.TestCase):
    """What counts as trust, and what does not."""

    def guard(self, *command, **named):
        guardian = Guardian(*(command or ("sleep", "1000")), **named)
        self.addCleanup(guardian.end)
        return guardian

    def assert_does_not_start(self, guardian, fault):
        await_that(lambda: guardian.file.report()["fault"] == fault, f"fault {fault}")
        beat = guardian.file.report()["beat"]
        await_that(lambda: guardian.file.report()["beat"] > beat + 3e8, "three more looks at the file")
        report = guardian.file.report()
        self.assertEqual((report["state"], report["starts"]), (WAITING, 0))

    def test_without_trust_dovecot_is_not_started(self):
        self.assert_does_not_start(self.guard(), 3)

    def test_wrong_files_are_no_trust(self):
        guardian = self.guard()
        for fault, part in (
            (3, dict(magic=b"POMBAL-X")),
            (4, dict(version=2)),
            (5, dict(boot=bytes(16))),
        ):
            with self.subTest(part):
                guardian.file.write(now() + 10, **part)
                self.assert_does_not_start(guardian, fault)
        with self.subTest("past"):
            guardian.file.write(now() - 0.001)
            self.assert_does_not_start(guardian, 1)
        with self.subTest("too far"):
            guardian.file.write(now() + 61)
            self.assert_does_not_start(guardian, 6)

    def test_a_wrong_file_ends_trust_at_once(self):
        for part in (dict(magic=b"POMBAL-X"), dict(version=0), dict(boot=b"x" * 16)):
            with self.subTest(part):
                guardian = self.guard()
                guardian.serve(20)
                began = now()
                guardian.file.write(began + 20, **part)
                guardian.file.await_state(WAITING)
                self.assertLess(now() - began, BOUND)

    def test_a_file_cut_short_ends_trust_and_must_be_written_anew(self):
        for length in (0, 40, 4096, 24575):
            with self.subTest(length):
                guardian = self.guard()
                guardian.serve(20)
                began = now()
                os.truncate(guardian.trust_path, length)
                await_that(lambda: "all gone" in guardian.text(), "all gone")
                self.assertLess(now() - began, BOUND)
                guardian.file.await_state(WAITING)
                self.assert_no_start_since(guardian, 1)
                guardian.serve(20)

    def assert_no_start_since(self, guardian, starts):
        await_that(lambda: guardian.file.report()["fault"] == 3, "the file counts as empty")
        self.assertEqual(guardian.text().count("started Dovecot"), starts)

    def test_trust_of_zero_ends_it_at_once(self):
        guardian = self.guard()
        guardian.serve(20)
        began = now()
        guardian.file.write(0)
        guardian.file.await_state(WAITING)
        self.assertLess(now() - began, BOUND)

    def test_trust_moved_forward_at_the_last_moment_holds(self):
        guardian = self.guard()
        until = guardian.serve(1.0)
        with ahead_of_everybody():
            for _ in range(20):
                while now() < until - 0.02:
                    time.sleep(0.001)
                until = guardian.file.trust(0.15)
        self.assertEqual(guardian.file.report()["kills"], 0)
        guardian.file.await_state(WAITING)
        self.assertLess(guardian.file.report()["all_gone_at"] - until, BOUND)

    def test_a_record_that_its_writer_left_half_written_leaves_the_old_trust_in_force(self):
        guardian = self.guard()
        until = guardian.serve(1.0)
        guardian.file[32:40] = struct.pack("<Q", guardian.file.sequence + 1)
        guardian.file[40:48] = struct.pack("<Q", int((now() + 30) * 1e9))
        guardian.file.await_state(WAITING)
        gone = guardian.file.report()["all_gone_at"]
        self.assertGreaterEqual(gone, until)
        self.assertLess(gone - until, BOUND)

    def test_dovecot_starts_again_when_trust_returns_and_not_before(self):
        guardian = self.guard()
        guardian.serve(0.5)
        guardian.file.await_state(WAITING)
        self.assert_no_restart(guardian)
        guardian.serve(5)
        self.assertEqual(guardian.file.report()["starts"], 2)

    def assert_no_restart(self, guardian):
        beat = guardian.file.report()["beat"]
        await_that(lambda: guardian.file.report()["beat"] > beat + 3e8, "three more looks at the file")
        self.assertEqual(guardian.file.report()["starts"], 1)

    def test_a_node_that_is_stopped_or_killed_makes_no_difference(self):
        for way in (signal.SIGSTOP, signal.SIGKILL):
            with self.subTest(way):
                guardian = self.guard()
                here = os.path.dirname(os.path.abspath(__file__))
                node = subprocess.Popen([sys.executable, "-c", NODE, here, guardian.trust_path, "0.8"])
                try:
                    guardian.file.await_state(SERVING)
                    node.send_signal(way)
                    stopped = now()
                    guardian.file.await_state(WAITING)
                    self.assertLess(guardian.file.report()["all_gone_at"] - stopped, 0.8 + BOUND)
                    self.assertEqual(guardian.file.report()["kills"], 1)
                finally:
                    node.kill()
                    node.wait()

    def test_a_file_that_was_removed_ends_trust_with_what_it_said_and_a_new_one_is_used_then(self):
        guardian = self.guard()
        guardian.serve(0.5)
        os.unlink(guardian.trust_path)
        await_that(lambda: "all gone" in guardian.text(), "all gone")
        guardian.file = TrustFile(guardian.trust_path)
        guardian.serve(5)
        guardian.file.trust(0.3)
        guardian.file.await_state(WAITING)

    def test_a_file_that_is_not_safe_is_refused(self):
        folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, folder)
        disk = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, disk)
        open(folder + "/other", "w").close()
        os.symlink(folder + "/other", folder + "/link")
        os.link(folder + "/other", folder + "/second")
        open(folder + "/foreign", "w").close()
        os.chown(folder + "/foreign", 12345, -1)
        os.mkfifo(folder + "/fifo")
        cases = ((disk + "/trust", "tmpfs"), (folder + "/link", "symbolic"), (folder + "/other", "links"))
        cases += ((folder + "/foreign", "another user"), (folder + "/fifo", "special"), (folder + "/no/t", "No such"))
        for path, message in cases:
            with self.subTest(path):
                self.assert_refused(["--trust", path, "--", "sleep", "1"], 73, message)

    def test_a_second_guardian_of_one_file_is_refused(self):
        guardian = self.guard()
        self.assert_refused(["--trust", guardian.trust_path, "--", "sleep", "1"], 73, "another guardian")

    def test_wrong_options_are_refused_with_a_reason(self):
        for arguments, code, message in (
            ([], 64, "nothing to do"),
            (["--trust", "/dev/shm/t"], 64, "needs a command"),
            (["--descriptors", "/d", "--", "x"], 64, "only under --trust"),
            (["--trust", "relative", "--", "x"], 64, "absolute"),
            (["--max-trust", "0"], 64, "from 1 to 3600"),
            (["--max-trust", "1x"], 64, "'1x'"),
            (["--linger", "-1"], 64, "'-1'"),
            (["--listen", "/a/b"], 64, "needs --descriptors"),
            (["--listen", "/a/b,mode=999"], 64, "octal"),
            (["--listen", "/a/b,nonsense"], 64, "nonsense"),
            (["--listen", "/a/b,owner=nobody-here"], 67, "nobody-here"),
            (["--group", "no-such-group"], 67, "no-such-group"),
            (["--nonsense"], 64, "--help"),
        ):
            with self.subTest(arguments):
                self.assert_refused(arguments, code, message)

    def assert_refused(self, arguments, code, message):
        result = subprocess.run([SANITIZED, *arguments], capture_output=True, text=True, timeout=30)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertIn(message, result.stderr)
