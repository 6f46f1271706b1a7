"""A Debian of its own, booted by systemd in namespaces, above a folder that script/setup made and that stays as it is."""

import os
import shutil
import subprocess
import tempfile
import time

CACHE = os.environ.get("POMBAL_CACHE") or os.path.join(os.environ["HOME"], ".cache", "pombal")
CGROUPS = "/sys/fs/cgroup/unified" if os.path.isdir("/sys/fs/cgroup/unified") else "/sys/fs/cgroup"

# $1 the folder of Debian, $2 a folder of ours, $3 what it finds in /packages. Its network is the caller's.
BOOT = """
mount --make-rprivate /
mount -t overlay overlay -o lowerdir="$1",upperdir="$2/changes",workdir="$2/work" "$2/root"
cd "$2/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do touch dev/$device; mount --bind /dev/$device dev/$device; done
mkdir dev/shm dev/pts packages former
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount --bind "$3" packages
: >etc/machine-id
# Not only chroot: systemd makes mount namespaces for what it confines, from the whole tree.
pivot_root . former
umount --lazy /former
rmdir /former
exec env -i container=pombal PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
  /usr/lib/systemd/systemd --show-status=no systemd.unit=multi-user.target
"""


class Machine:
    """Use as a context; everything in it ends with its first process."""

    def __init__(self, version, packages):
        self.version = version
        self.debian = os.path.join(CACHE, f"debian-{version}")
        self.folder = tempfile.mkdtemp(prefix=f"pombal-packages-{version}-")
        self.cgroup = os.path.join(CGROUPS, os.path.basename(self.folder))
        for name in ("changes", "work", "root"):
            os.mkdir(os.path.join(self.folder, name))
        os.mkdir(self.cgroup)
        self.console = open(os.path.join(self.folder, "console"), "w")
        self.outer = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--cgroup", "--uts", "--ipc", "--fork", "--kill-child",
             "bash", "-euc", BOOT, "boot", self.debian, self.folder, packages],
            stdin=subprocess.DEVNULL, stdout=self.console, stderr=self.console,
            preexec_fn=lambda: self._join_cgroup())
        self.first = None
        self._await_booted()

    def _join_cgroup(self):
        with open(os.path.join(self.cgroup, "cgroup.procs"), "w") as file:
            file.write("0")

    def _await_booted(self):
        children = f"/proc/{self.outer.pid}/task/{self.outer.pid}/children"

        def booted():
            with open(children) as file:
                pids = file.read().split()
            if not pids or not os.path.exists(f"/proc/{pids[0]}/root/run/systemd/private"):
                return False
            self.first = pids[0]
            return self.run("systemctl", "is-system-running", check=False) in ("running", "degraded")

        self.until(booted, "systemd to have booted", 60)

    def until(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            if self.outer.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"Debian {self.version}: waited {seconds} s in vain for {what}\n{self.say()}")
            time.sleep(0.05)

    def say(self):
        """What is known when something went wrong."""
        with open(self.console.name) as file:
            text = file.read()[-2000:]
        if self.first:
            text += self.run("journalctl", "--no-pager", "--lines=60", check=False)
        return text

    def run(self, *command, check=True, environment=()):
        """Runs a program inside; returns what it printed, on both outputs."""
        ended = subprocess.run(
            ["nsenter", "--target", self.first, "--mount", "--pid", "--cgroup", "--uts", "--ipc", f"--root=/proc/{self.first}/root",
             "env", "-i", "--chdir=/", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8",
             "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_PAGER=cat", *environment, *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
        if check and ended.returncode != 0:
            raise AssertionError(f"Debian {self.version}: {' '.join(command)} ended with {ended.returncode}:\n{ended.stdout}")
        return ended.stdout.strip()

    def path(self, inside):
        return f"/proc/{self.first}/root{inside}"

    def read(self, inside):
        with open(self.path(inside)) as file:
            return file.read()

    def write(self, inside, text):
        os.makedirs(os.path.dirname(self.path(inside)), exist_ok=True)
        with open(self.path(inside), "w") as file:
            file.write(text)

    def files(self):
        """All paths on the disk of the machine, without logs and what dpkg keeps about its work."""
        return set(self.run("find", "/", "-xdev", "-path", "/packages", "-prune", "-o", "-path", "/var/log/*", "-prune", "-o",
                            "-path", "/var/lib/dpkg", "-prune", "-o", "-path", "/var/lib/systemd", "-prune", "-o", "-print").split("\n"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.outer.kill()
        self.outer.wait()
        self.console.close()
        # The kernel ends all in a PID namespace with its first process; a moment later the group is empty.
        end = time.monotonic() + 30
        while True:
            try:
                for folder, _, _ in os.walk(self.cgroup, topdown=False):
                    os.rmdir(folder)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        shutil.rmtree(self.folder)
