import os
import random
import signal
import sys
import unittest

from guard import *

ROUNDS = int(os.environ.get("GUARDIAN_ROUNDS", "12"))
SEED = int(os.environ.get("GUARDIAN_SEED", "0")) or random.randrange(1, 2**31)


class Chaos(unittest.TestCase):
    """One thing goes wrong at a random moment, and still nothing lives longer than trust allows."""

    def round(self, chance):
        folder = tempfile.mkdtemp(dir="/dev/shm")
        self.addCleanup(shutil.rmtree, folder)
        fifo = Fifo(os.path.join(folder, "fifo"))
        kind = chance.choice(["flat", "daemons", "chain"])
        guardian = Guardian(CROWD, fifo.path, kind, str(chance.randrange(1, 80)), program=FAST)
        try:
            until = guardian.serve(chance.uniform(0.3, 1.5))
            accident_at = now() + chance.uniform(0, 1.0)
            accident = chance.choice(list(ACCIDENTS))
            while now() < accident_at:
                time.sleep(0.01)
                if chance.random() < 0.1:
                    until = max(until, guardian.file.trust(chance.uniform(0.3, 1.0)))
            ACCIDENTS[accident](guardian)
            while now() < until + BOUND:
                time.sleep(0.01)
            self.assertFalse(fifo.has_writers(), f"{accident}, {kind}: {guardian.text()}")
        finally:
            fifo.close()
            guardian.end()

    def test_nothing_outlives_trust(self):
        print(f"    GUARDIAN_SEED={SEED} GUARDIAN_ROUNDS={ROUNDS}", file=sys.stderr)
        chance = random.Random(SEED)
        for number in range(ROUNDS):
            with self.subTest(number):
                self.round(chance)


def signal_to(who, number):
    def act(guardian):
        # It may have ended with trust already.
        with contextlib.suppress(ProcessLookupError):
            os.kill(getattr(guardian, who), number)

    return act


def signal_dovecot(number):
    def act(guardian):
        pid = guardian.file.report()["dovecot_pid"]
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    return act


ACCIDENTS = {
    "nothing": lambda guardian: None,
    "guardian killed": signal_to("guardian_pid", signal.SIGKILL),
    "guardian stopped": signal_to("guardian_pid", signal.SIGSTOP),
    "watcher killed": signal_to("watcher_pid", signal.SIGKILL),
    "watcher stopped": signal_to("watcher_pid", signal.SIGSTOP),
    "file cut short": lambda guardian: os.truncate(guardian.trust_path, 100),
    "file removed": lambda guardian: os.unlink(guardian.trust_path),
    "Dovecot killed": signal_dovecot(signal.SIGKILL),
    "Dovecot stopped": signal_dovecot(signal.SIGSTOP),
}
