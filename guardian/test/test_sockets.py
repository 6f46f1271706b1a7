import os
import signal
import unittest

from guard import *


class Sockets(unittest.TestCase):
    """The node's listening sockets stay, whoever restarts."""

    def setUp(self):
        self.base = tempfile.mkdtemp(prefix="base-", dir="/dev/shm")
        self.addCleanup(shutil.rmtree, self.base, True)
        os.mkdir(self.base + "/login")
        self.login = self.base + "/login/pombal/cluster"
        self.lookups = self.base + "/pombal/" + "a-name-that-is-long-" * 3
        self.descriptors = self.base + "/descriptors"
        self.guardian = Guardian(
            options=["--descriptors", self.descriptors, "--listen", self.login + ",mode=0666",
                     "--listen", self.lookups + ",mode=0600,owner=nobody,group=mail"],
            trust=False, folder=self.base)
        self.addCleanup(self.guardian.end)
        await_that(lambda: os.path.exists(self.descriptors), "the descriptor socket")

    def take(self):
        connection, sockets = receive_descriptors(self.descriptors, 2)
        for each in [connection, *sockets]:
            self.addCleanup(each.close)
        return connection, sockets

    def connect(self, path):
        client = socket.socket(socket.AF_UNIX)
        self.addCleanup(client.close)
        client.settimeout(PATIENCE)
        client.connect(path)
        return client

    def assert_accepted(self, listening, client):
        listening.settimeout(PATIENCE)
        accepted, _ = listening.accept()
        client.sendall(b"hello")
        self.assertEqual(accepted.recv(5), b"hello")
        accepted.close()

    def test_modes_owners_and_folders_are_as_asked(self):
        login, lookups = os.stat(self.login), os.stat(self.lookups)
        self.assertEqual(login.st_mode & 0o777, 0o666)
        self.assertEqual((lookups.st_mode & 0o777, lookups.st_uid), (0o600, 65534))
        self.assertEqual(os.stat(self.base + "/pombal").st_mode & 0o777, 0o755)
        self.assertEqual(sorted(os.listdir(self.base + "/login/pombal")), ["cluster"])

    def test_who_connects_while_the_node_is_away_is_served_when_it_comes(self):
        early = self.connect(self.login)
        early.sendall(b"")
        _, sockets = self.take()
        self.assert_accepted(sockets[0], early)

    def test_the_sockets_survive_the_node(self):
        connection, sockets = self.take()
        for each in [connection, *sockets]:
            each.close()
        waiting = self.connect(self.login)
        _, sockets = self.take()
        self.assert_accepted(sockets[0], waiting)

    def test_a_vanished_folder_is_made_again_and_the_holder_is_told(self):
        connection, sockets = self.take()
        shutil.rmtree(self.base + "/login/pombal")
        self.assertEqual(connection.recv(1), b"", "closed: come again")
        client = await_that(lambda: self.connects(self.login), "bound again")
        _, sockets = self.take()
        self.assert_accepted(sockets[0], client)

    def connects(self, path):
        with contextlib.suppress(OSError):
            return self.connect(path)

    def test_while_dovecots_folder_is_missing_the_node_waits_for_the_sockets(self):
        connection, _ = self.take()
        shutil.rmtree(self.base + "/login")
        self.assertEqual(connection.recv(1), b"")
        waiting = socket.socket(socket.AF_UNIX)
        self.addCleanup(waiting.close)
        waiting.connect(self.descriptors)
        waiting.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            waiting.recv(1)
        os.mkdir(self.base + "/login")
        waiting.settimeout(PATIENCE)
        data, descriptors, _, _ = socket.recv_fds(waiting, 1, 1)
        self.assertEqual(data, b"\0")
        first = socket.socket(fileno=descriptors[0])
        self.addCleanup(first.close)
        self.assert_accepted(first, self.connect(self.login))

    def test_a_socket_that_somebody_replaced_is_put_back(self):
        other = socket.socket(socket.AF_UNIX)
        self.addCleanup(other.close)
        os.unlink(self.login)
        other.bind(self.login)
        other.listen()
        inode = os.stat(self.login).st_ino
        await_that(lambda: os.path.exists(self.login) and os.stat(self.login).st_ino != inode, "put back")
        _, sockets = self.take()
        self.assert_accepted(sockets[0], self.connect(self.login))

    def test_a_link_in_the_folders_place_is_not_followed(self):
        elsewhere = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, elsewhere)
        shutil.rmtree(self.base + "/login/pombal")
        with contextlib.suppress(FileExistsError):
            os.symlink(elsewhere, self.base + "/login/pombal")
            await_that(lambda: "cannot bind" in self.guardian.text(), "it is told")
            self.assertEqual(os.listdir(elsewhere), [])

    def test_a_folder_that_others_may_write_into_is_refused(self):
        os.chmod(self.base + "/login/pombal", 0o777)
        os.unlink(self.login)
        await_that(lambda: "others than root may write" in self.guardian.text(), "it is told")
        os.chmod(self.base + "/login/pombal", 0o755)
        await_that(lambda: os.path.exists(self.login), "bound again")

    def test_the_guardian_ends_with_term(self):
        self.guardian.process.terminate()
        self.assertEqual(self.guardian.await_exit(), 0)
