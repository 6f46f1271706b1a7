import os
import select
import signal
import threading
import unittest

from dovecots import *

SESSIONS = 100


class WithDovecot:
    """The promises, with real Dovecots and live IMAP sessions."""

    def setUp(self):
        self.dovecot = Dovecot(self.version)
        self.addCleanup(self.dovecot.end)

    def session(self, user="user"):
        session = Session(self.dovecot.port, user)
        self.addCleanup(session.close)
        return session

    def record_ends(self, pids):
        """Opens an independent view on the processes; returns what waits for their ends."""
        held = [os.pidfd_open(pid) for pid in pids]

        def await_ends():
            for each in held:
                poll = select.poll()
                poll.register(each, select.POLLIN)
                self.assertTrue(poll.poll(PATIENCE * 1000), "a mail process lives on")
                os.close(each)
            return now()

        return await_ends

    def test_live_sessions_are_dead_in_time_and_served_again_when_trust_returns(self):
        self.dovecot.serve(60)
        for number in range(SESSIONS):
            self.session(f"user{number}")
        pids = self.dovecot.mail_processes()
        self.assertEqual(len(pids), SESSIONS)
        await_ends = self.record_ends(pids)
        until = self.dovecot.guardian.file.trust(0.5)
        gone = await_ends()
        print(f"    {self.version}: {SESSIONS} sessions, the last was gone {gone - until:.3f} s after trust", file=sys.stderr)
        self.assertGreaterEqual(gone, until)
        self.assertLess(gone - until, BOUND)
        self.dovecot.guardian.file.await_state(WAITING)
        self.assertGreaterEqual(self.dovecot.guardian.file.report()["all_gone_at"], until)
        began = now()
        self.dovecot.serve(60)
        self.session()
        print(f"    {self.version}: the next login was answered {now() - began:.3f} s after trust returned", file=sys.stderr)

    def test_nothing_listens_before_the_first_trust(self):
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", self.dovecot.port))

    def test_doveadm_stop_ends_the_guardian_too(self):
        self.dovecot.serve(60)
        self.session()
        await_ends = self.record_ends(self.dovecot.mail_processes())
        self.dovecot.doveadm("stop")
        await_ends()
        self.assertEqual(self.dovecot.guardian.await_exit(), 0, self.dovecot.guardian.text())
        self.assertEqual(self.dovecot.guardian.file.report()["state"], ENDED)

    def test_term_stops_dovecot_in_order(self):
        self.dovecot.serve(60)
        sessions = [self.session(f"user{number}") for number in range(SESSIONS)]
        await_ends = self.record_ends(self.dovecot.mail_processes())
        began = now()
        self.dovecot.guardian.process.terminate()
        gone = await_ends() - began
        self.assertEqual(self.dovecot.guardian.await_exit(), 0, self.dovecot.guardian.text())
        print(f"    {self.version}: {SESSIONS} sessions, the last was gone {gone:.3f} s after TERM, all of Dovecot {now() - began:.3f} s",
              file=sys.stderr)
        for session in sessions:
            session.await_line(b"* BYE")
        self.assertRegex(self.dovecot.log(), "[Kk]illed with signal 15|SIGTERM")
        self.assertEqual(self.dovecot.guardian.file.report()["kills"], 0, "it went in order")
        self.assertEqual(self.dovecot.log().count("Server shutting down"), SESSIONS, "all had the time to say so")

    def test_a_reload_disconnects_nobody(self):
        self.dovecot.serve(60)
        session = self.session()
        for way in ("doveadm", "signal"):
            with self.subTest(way):
                before = self.dovecot.log().count("SIGHUP")
                if way == "doveadm":
                    self.assertEqual(self.dovecot.doveadm("reload").returncode, 0)
                else:
                    self.dovecot.guardian.process.send_signal(signal.SIGHUP)
                await_that(lambda: self.dovecot.log().count("SIGHUP") > before, "reloaded")
                session.noop()
                self.session("another").close()
        self.assertEqual(self.dovecot.guardian.file.report()["starts"], 1)

    def test_a_login_while_the_node_restarts_waits_and_goes_on(self):
        self.dovecot.serve(60)
        live = self.session("live")
        self.dovecot.kill_relay()
        waiting = []
        thread = threading.Thread(target=lambda: waiting.append(self.session("waiting")))
        began = now()
        thread.start()
        time.sleep(1.0)
        self.assertEqual(waiting, [], "nobody is there to let it in")
        self.dovecot.start_relay()
        thread.join(PATIENCE)
        self.assertEqual(len(waiting), 1, self.dovecot.log())
        print(f"    {self.version}: a login during a restart of 1.0 s took {now() - began:.3f} s", file=sys.stderr)
        live.noop()

    def test_the_listening_socket_survives_a_restart_of_dovecot(self):
        self.dovecot.serve(60)
        self.session().close()
        inode = os.stat(self.dovecot.login_socket).st_ino
        self.dovecot.guardian.file.write(0)
        self.dovecot.guardian.file.await_state(WAITING)
        self.dovecot.serve(60)
        self.session().close()
        self.assertEqual(os.stat(self.dovecot.login_socket).st_ino, inode)

    def test_after_base_dir_was_deleted_logins_work_again(self):
        self.dovecot.serve(60)
        self.dovecot.guardian.file.write(0)
        self.dovecot.guardian.file.await_state(WAITING)
        shutil.rmtree(self.dovecot.folder + "/run")
        self.dovecot.kill_relay()
        self.dovecot.serve(60)
        self.session().close()

    def test_if_the_guardian_is_killed_live_sessions_die_and_logins_work_again(self):
        self.dovecot.serve(60)
        for number in range(20):
            self.session(f"user{number}")
        await_ends = self.record_ends(self.dovecot.mail_processes())
        began = now()
        os.kill(self.dovecot.guardian.guardian_pid, signal.SIGKILL)
        gone = await_ends()
        print(f"    {self.version}: guardian killed, the last session was gone {gone - began:.3f} s later", file=sys.stderr)
        self.assertLess(gone - began, BOUND)
        self.dovecot.kill_relay()
        self.dovecot.guardian.await_guardian()
        self.dovecot.serve(60)
        self.session().close()


class Dovecot23(WithDovecot, unittest.TestCase):
    version = "2.3"


class Dovecot24(WithDovecot, unittest.TestCase):
    version = "2.4"
