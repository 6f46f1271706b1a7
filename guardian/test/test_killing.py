import os
import signal
import subprocess
import sys
import unittest

from guard import *


class Killing(unittest.TestCase):
    """All is gone within the bound after trust ended, whatever it was."""

    program = SANITIZED
    bound = 4 * BOUND  # the checks cost time; the built program below has to keep the promise itself

    def guard(self, *command, **named):
        guardian = Guardian(*command, program=self.program, **named)
        self.addCleanup(guardian.end)
        return guardian

    def kill_crowd(self, kind, count):
        fifo_folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, fifo_folder)
        fifo = Fifo(os.path.join(fifo_folder, "fifo"))
        self.addCleanup(fifo.close)
        guardian = self.guard(CROWD, fifo.path, kind, str(count))
        guardian.serve(50)
        fifo.await_crowd()
        deadline = guardian.file.trust(0.5)
        gone = fifo.await_end()
        guardian.file.await_state(WAITING)
        report = guardian.file.report()
        line = guardian.text().strip().splitlines()[-1].partition("all gone: ")[2]
        print(f"    {kind} {count}: judge {gone - deadline:.3f} s after trust; {line}", file=sys.stderr)
        self.assertGreaterEqual(gone, deadline, "not before trust has ended")
        self.assertLess(gone - deadline, self.bound)
        self.assertGreaterEqual(report["all_gone_at"], gone - 0.02, "proof does not come before the fact")
        self.assertLess(report["all_gone_at"] - deadline, self.bound + 0.05)
        return report

    def test_two_thousand_processes_are_gone_in_time(self):
        report = self.kill_crowd("flat", 2000)
        self.assertEqual(report["killed"], 2001)

    def test_daemons_with_sessions_of_their_own_do_not_escape(self):
        self.kill_crowd("daemons", 300)

    def test_a_chain_of_parents_is_gone_in_time(self):
        self.kill_crowd("chain", 300)

    def test_processes_that_fork_while_they_are_killed_do_not_escape(self):
        self.kill_crowd("bomb", 30)

    def test_processes_that_live_only_to_fork_do_not_escape(self):
        self.kill_crowd("comets", 4)

    def test_all_is_gone_in_time_on_a_machine_under_load(self):
        burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
        try:
            self.kill_crowd("flat", 500)
        finally:
            for burner in burners:
                burner.kill()
                burner.wait()

    def test_several_guardians_on_one_machine_kill_in_time(self):
        folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, folder)
        guardians, fifos, deadlines = [], [], []
        for number in range(4):
            fifos.append(Fifo(os.path.join(folder, f"fifo{number}")))
            self.addCleanup(fifos[-1].close)
            guardians.append(self.guard(CROWD, fifos[-1].path, "flat", "500"))
            guardians[-1].serve(50)
        for fifo in fifos:
            fifo.await_crowd()
        for number, guardian in enumerate(guardians):
            deadlines.append(guardian.file.trust(0.5 + 0.2 * number))
        for guardian in guardians:
            guardian.file.await_state(WAITING)
        for guardian, deadline in zip(guardians, deadlines):
            report = guardian.file.report()
            took = report["all_gone_at"] - deadline
            print(f"    one of {len(guardians)}: {report['killed']} gone {took:.3f} s after trust", file=sys.stderr)
            self.assertEqual(report["killed"], 501)
            self.assertLess(took, self.bound)

    def test_processes_that_cannot_be_killed_are_reported_and_there_is_no_proof_before_they_are_gone(self):
        freezer = "/sys/fs/cgroup/freezer"
        if not os.access(freezer + "/cgroup.procs", os.W_OK):
            self.skipTest("needs the freezer of cgroups v1, in which a process cannot be killed")
        folder = f"{freezer}/pombal-{os.getpid()}"
        os.mkdir(folder)
        guardian = self.guard("sh", "-c", "sleep 1000 & sleep 1000 & wait")
        guardian.serve(1.0)
        frozen = await_that(lambda: len(found := children(guardian.file.report()["dovecot_pid"])) == 2 and found, "two")[0]
        put(f"{folder}/cgroup.procs", frozen)
        put(f"{folder}/freezer.state", "FROZEN")
        try:
            stuck = await_that(lambda: (r := guardian.file.report())["stuck"] and r, "it is reported")
            self.assertEqual((stuck["stuck"], stuck["stuck_pid"]), (1, frozen))
            self.assertEqual(stuck["state"], KILLING)
            self.assertLess(stuck["all_gone_at"], stuck["kill_began"] / 1e9)
            guardian.file.trust(5)
            control = Control(guardian.path("control"))
            self.addCleanup(control.close)
            self.assertEqual(control.ask(STATUS)["value"], KILLING, "answers meanwhile")
            killed = control.ask(KILL, pid=frozen, start=start_time(frozen), value=200)
            self.assertEqual((killed["type"], killed["value"], killed["name"]), (SAY_KILLED, 1, "D"))
        finally:
            put(f"{folder}/freezer.state", "THAWED")
        guardian.file.await_state(SERVING)
        self.assertIn("1 processes cannot be killed", guardian.text())
        await_that(lambda: removed(folder), "the folder is empty")


class KillingByTheBuiltProgram(Killing):
    """The same with the program as it is shipped, and by that with its timing."""

    program = FAST
    bound = BOUND


class Others(unittest.TestCase):
    """Processes that the node names in the file."""

    def test_a_named_process_is_killed_too_if_it_is_dovecots(self):
        other = subprocess.Popen(["sleep", "1000"])
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        reused = subprocess.Popen(["sleep", "1000"])
        sleep = os.readlink(f"/proc/{other.pid}/exe")
        guardian = Guardian("sleep", "1000", options=["--program", sleep])
        self.addCleanup(guardian.end)
        try:
            guardian.file.name_other(0, other.pid, start_time(other.pid))
            guardian.file.name_other(700, stranger.pid, start_time(stranger.pid))
            guardian.file.name_other(1023, reused.pid, start_time(reused.pid) - 1)
            guardian.file.name_other(5, 2**32 - 1, 7)
            guardian.serve(0.5)
            self.assertEqual(other.wait(PATIENCE), -signal.SIGKILL)
            guardian.file.await_state(WAITING)
            self.assertEqual(guardian.file.report()["refused"], 1, "the stranger's")
            self.assertIsNone(stranger.poll())
            self.assertIsNone(reused.poll())
        finally:
            for process in (other, stranger, reused):
                process.kill()
                process.communicate()

    def test_dovecots_end_is_not_the_end_of_all_while_a_named_process_lives(self):
        other = subprocess.Popen(["sleep", "1000"])
        options = ["--program", os.readlink(f"/proc/{other.pid}/exe"), "--linger", "700"]
        guardian = Guardian("sh", "-c", "exit 3", options=options)
        self.addCleanup(guardian.end)
        try:
            guardian.file.name_other(9, other.pid, start_time(other.pid))
            began = now()
            guardian.file.trust(30)
            self.assertEqual(other.wait(PATIENCE), -signal.SIGKILL)
            self.assertGreaterEqual(now() - began, 0.7)
            self.assertEqual(guardian.await_exit(), 3)
            self.assertGreaterEqual(guardian.file.report()["all_gone_at"], began + 0.7)
        finally:
            other.kill()
            other.wait()

    def test_a_process_named_before_the_start_is_ended_first(self):
        other = subprocess.Popen(["sleep", "1000"])
        options = ["--program", os.readlink(f"/proc/{other.pid}/exe")]
        first = Guardian("sleep", "1000", options=options)
        self.addCleanup(first.end)
        first.file.name_other(9, other.pid, start_time(other.pid))
        first.process.terminate()
        first.await_exit()
        self.assertIsNone(other.poll())
        second = Guardian("sleep", "1000", options=options, folder=first.folder)
        self.addCleanup(second.end)
        self.assertEqual(other.wait(PATIENCE), -signal.SIGKILL)


def put(path, value):
    with open(path, "w") as file:
        file.write(str(value))


def removed(folder):
    with contextlib.suppress(OSError):
        os.rmdir(folder)
    return not os.path.exists(folder)
