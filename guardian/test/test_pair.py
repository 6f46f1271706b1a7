import os
import signal
import subprocess
import sys
import unittest

from guard import *


class Pair(unittest.TestCase):
    """Guardian and watcher: each ends all if the other one fails."""

    program = FAST

    count = 200

    def guard(self):
        folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, folder)
        self.fifo = Fifo(os.path.join(folder, "fifo"))
        self.addCleanup(self.fifo.close)
        guardian = Guardian(CROWD, self.fifo.path, "flat", str(self.count), program=self.program)
        self.addCleanup(guardian.end)
        return guardian

    def serve(self, guardian, seconds=30.0):
        until = guardian.serve(seconds)
        self.fifo.await_crowd()
        dovecot = guardian.file.report()["dovecot_pid"]
        await_that(lambda: len(children(dovecot)) == self.count, "all have been forked")
        return until

    def test_if_the_guardian_is_killed_all_dies_and_another_guardian_serves_again(self):
        guardian = self.guard()
        self.serve(guardian)
        first = guardian.guardian_pid
        began = now()
        os.kill(first, signal.SIGKILL)
        self.assertLess(self.fifo.await_end() - began, BOUND)
        self.assertNotEqual(guardian.await_guardian(), first)
        guardian.file.await_state(SERVING)
        self.assertGreaterEqual(guardian.file.report()["all_gone_at"], began)
        self.assertEqual(guardian.file.report()["starts"], 2)

    def test_if_the_guardian_is_killed_while_it_waits_another_one_comes(self):
        guardian = self.guard()
        first = guardian.guardian_pid
        os.kill(first, signal.SIGKILL)
        await_that(lambda: guardian.await_guardian() != first, "another one")
        self.serve(guardian)

    def test_if_the_watcher_is_killed_all_dies_and_the_guardian_ends(self):
        guardian = self.guard()
        self.serve(guardian)
        began = now()
        os.kill(guardian.watcher_pid, signal.SIGKILL)
        self.assertLess(self.fifo.await_end() - began, BOUND)
        await_that(lambda: start_time(guardian.guardian_pid) is None, "the guardian ends")
        self.assertEqual(guardian.file.report()["state"], ENDED)

    def test_a_guardian_that_is_stopped_is_replaced_by_the_watcher_at_the_deadline(self):
        guardian = self.guard()
        until = self.serve(guardian, 2.0)
        os.kill(guardian.guardian_pid, signal.SIGSTOP)
        gone = self.fifo.await_end()
        print(f"    guardian stopped: all gone {gone - until:.3f} s after trust", file=sys.stderr)
        self.assertLess(gone - until, BOUND)
        guardian.await_guardian()
        self.assertIn("is stopped or hangs", guardian.text())

    def test_a_watcher_that_is_stopped_makes_no_difference(self):
        guardian = self.guard()
        until = self.serve(guardian, 1.0)
        os.kill(guardian.watcher_pid, signal.SIGSTOP)
        self.assertLess(self.fifo.await_end() - until, BOUND)
        guardian.file.await_state(WAITING)

    def test_a_guardian_that_is_stopped_for_a_while_under_trust_goes_on(self):
        guardian = self.guard()
        self.serve(guardian)
        os.kill(guardian.guardian_pid, signal.SIGSTOP)
        time.sleep(0.6)
        os.kill(guardian.guardian_pid, signal.SIGCONT)
        beat = guardian.file.report()["beat"]
        await_that(lambda: guardian.file.report()["beat"] > beat + 1e9, "it goes on")
        self.assertEqual(guardian.file.report()["kills"], 0)

    def test_killing_one_and_then_the_other_leaves_nothing(self):
        for first, pause in (("guardian", 0.3), ("watcher", 0.3)):
            with self.subTest(first):
                guardian = self.guard()
                self.serve(guardian)
                pids = [guardian.guardian_pid, guardian.watcher_pid]
                began = now()
                for pid in pids if first == "guardian" else reversed(pids):
                    os.kill(pid, signal.SIGKILL)
                    time.sleep(pause)
                self.assertLess(self.fifo.await_end() - began, 2 * pause + BOUND)

    def test_what_both_left_when_killed_at_once_is_ended_by_their_successor(self):
        # A crowd is nobody's program by path, so it is named as one.
        guardian = self.guard()
        self.serve(guardian)
        began = now()
        for pid in (guardian.watcher_pid, guardian.guardian_pid):
            os.kill(pid, signal.SIGKILL)
        guardian.process.wait()
        time.sleep(0.2)
        left = self.fifo.has_writers()
        options = ["--program", os.path.realpath(CROWD)]
        successor = Guardian("sleep", "1000", options=options, folder=guardian.folder, program=self.program)
        self.addCleanup(successor.end)
        self.assertLess(self.fifo.await_end() - began, 2.0)
        self.assertTrue(left, "the crowd did not live on: this tests nothing")
        self.assertIn("ended 200 processes that it left", successor.text())
        self.assertGreater(successor.file.report()["all_gone_at"], began)


class Signals(unittest.TestCase):
    """Signals go to Dovecot, and its exit code is the guardian's."""

    def guard(self, script, **named):
        guardian = Guardian("sh", "-c", script, **named)
        self.addCleanup(guardian.end)
        return guardian

    def test_signals_are_passed_on(self):
        for name in ("HUP", "USR1", "USR2", "QUIT", "INT", "TERM"):
            with self.subTest(name):
                script = f"trap 'echo got-{name} >&2; exit 7' {name}; echo trapped >&2; while :; do sleep 0.05; done"
                guardian = self.guard(script)
                guardian.serve(30)
                await_that(lambda: "trapped" in guardian.text(), "the script runs")
                guardian.process.send_signal(getattr(signal, "SIG" + name))
                self.assertEqual(guardian.await_exit(), 7)
                self.assertIn(f"got-{name}", guardian.text())
                self.assertEqual(guardian.file.report()["state"], ENDED)

    def test_the_exit_code_is_dovecots(self):
        for script, code in (("exit 0", 0), ("exit 89", 89), ("kill -9 $$", 137), ("exec /no/such/program", 127)):
            with self.subTest(script):
                guardian = self.guard(script)
                guardian.file.trust(30)
                self.assertEqual(guardian.await_exit(), code)

    def test_a_program_that_is_not_there_is_told(self):
        guardian = Guardian("/no/such/dovecot")
        self.addCleanup(guardian.end)
        guardian.file.trust(30)
        self.assertEqual(guardian.await_exit(), 127)
        self.assertIn("cannot run /no/such/dovecot: No such file", guardian.text())

    def test_term_while_waiting_for_trust_ends_it(self):
        guardian = self.guard("sleep 1000")
        guardian.process.terminate()
        self.assertEqual(guardian.await_exit(), 143)

    def test_after_term_dovecot_is_not_started_again(self):
        guardian = self.guard("trap '' TERM; echo trapped; sleep 1000")
        guardian.serve(1.5)
        await_that(lambda: "trapped" in guardian.text(), "the script runs")
        guardian.process.terminate()
        self.assertEqual(guardian.await_exit(), 137)
        self.assertEqual(guardian.file.report()["starts"], 1)

    def test_what_dovecot_leaves_behind_may_linger_and_is_killed_then(self):
        guardian = self.guard("trap '' TERM; setsid sleep 1000 & exit 3", options=["--linger", "600"])
        guardian.file.trust(30)
        began = now()
        self.assertEqual(guardian.await_exit(), 3)
        self.assertGreaterEqual(now() - began, 0.6)
        self.assertIn("master process has ended", guardian.text())

    def test_what_dovecot_leaves_behind_is_asked_to_end_first(self):
        guardian = self.guard("setsid sleep 1000 & exit 3", options=["--linger", "60000"])
        guardian.file.trust(30)
        self.assertEqual(guardian.await_exit(), 3)
        self.assertEqual(guardian.file.report()["kills"], 0)

    def test_a_master_process_that_is_alone_is_not_waited_for(self):
        guardian = self.guard("sleep 1000 & trap '' TERM; echo trapped; while :; do wait; done")
        guardian.serve(30)
        await_that(lambda: "trapped" in guardian.text(), "the script runs")
        guardian.process.terminate()
        self.assertEqual(guardian.await_exit(), 0)
        self.assertEqual(guardian.file.report()["kills"], 0)

    def test_dovecot_gets_limits_priority_and_signals_as_they_were(self):
        show = "ulimit -n; grep -E '^(SigBlk|SigIgn|VmLck)' /proc/self/status; cat /proc/self/oom_score_adj;" \
               "chrt -p 0; nice; ls /proc/self/fd; echo notify=$NOTIFY_SOCKET"
        plain = subprocess.run(["sh", "-c", show], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        guardian = self.guard(f"{{ {show}; }} >shown 2>&1", options=[])
        self.addCleanup(lambda: os.path.exists("shown") and os.unlink("shown"))
        guardian.file.trust(30)
        self.assertEqual(guardian.await_exit(), 0)
        with open("shown") as file:
            self.assertEqual(unnumbered(file.read()), unnumbered(plain.stdout))


def unnumbered(text):
    """Without the number of the process that chrt was asked about."""
    return [line.partition("'s current")[2] or line for line in text.splitlines()]
