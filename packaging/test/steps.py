"""What is tried with the packages on one Debian, in this order. The functions' first lines name the tests."""

import datetime
import glob
import os
import re
import shutil
import subprocess
import time

from idlers import Idler

# The most that systemd-analyze security may say (0 is best, 10 worst).
EXPOSURE = {"pombal-node": 2.0, "pombal-controller": 2.0, "pombal-sockets": 3.0}
PASSWORD = "secret"
FORMER, LATER = "former", "later"
NAMES = ("pombal", "pombal-node", "pombal-controller", "pombal-controller-compose", "pombal-doveadm")
TARBALL = "el9.tar.gz"
# That of EL9.
NEWEST_GLIBC = (2, 34)
DROP_IN = "/etc/systemd/system/dovecot.service.d/pombal.conf"
SETTINGS = """
cluster_local_site = debian{version}
cluster_storage = shared
cluster_backend_name = b1.test
cluster_peer_key = a secret of this test
cluster_default_group_count = 4
CASSANDRA_SERVERS = 127.0.0.1
CASSANDRA_LOCAL_DC = {datacentre}
CASSANDRA_KEYSPACE = debian{version}
CASSANDRA_DATACENTER_REPLICATIONFACTOR = {datacentre}:1
CONTROLLER_LISTEN = 127.0.0.1:8090
cluster_timing_factor = {timing}
"""
DOVECOT_23 = """
mail_location = maildir:/srv/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=/srv/mail/%u
}
disable_plaintext_auth = no
"""
DOVECOT_24 = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
mail_driver = maildir
mail_path = /srv/mail/%{user}
mail_home = /srv/mail/%{user}
mail_uid = vmail
mail_gid = vmail
passdb static {
  password = secret
}
userdb static {
  fields {
    uid = vmail
    gid = vmail
    home = /srv/mail/%{user}
  }
}
auth_allow_cleartext = yes
"""
PROXY_23 = """
passdb {
  driver = static
  args = proxy=y nopassword=y
}
disable_plaintext_auth = no
"""
PROXY_24 = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
passdb static {
  fields {
    nopassword = yes
    proxy = yes
  }
}
auth_allow_cleartext = yes
"""
PROTOCOLS = "imap pop3 lmtp submission sieve"
DOVECOT_BOTH = """
ssl = no
mail_max_userip_connections = 5000
log_path = /var/log/dovecot.log
submission_relay_host = 127.0.0.1
doveadm_api_key = key
doveadm_password = secret
!include /etc/dovecot/pombal.conf
"""


class World:
    def __init__(self, machine, sessions, timing):
        self.machine = machine
        self.timing = timing
        self.wanted = sessions
        self.idlers = []
        self.files = set()
        self.guardian = ""

    def close(self):
        for idler in self.idlers:
            idler.close()

    def dpkg(self, version, classes=True):
        """Prepared classes take some seconds of processor time, which most tests need not spend."""
        files = [f"/packages/{version}/{name}.deb" for name in NAMES]
        return self.machine.run("dpkg", "--force-confdef", "--force-confold", "--install", *files,
                                environment=["POMBAL_CLASS_ARCHIVES=" + ("yes" if classes else "no")])

    def main_pid(self, unit):
        return self.machine.run("systemctl", "show", "--property=MainPID", "--value", unit)

    def ready(self):
        """Not by the network: readyz is what operators look at."""
        answer = subprocess.run(["curl", "--silent", "--max-time", "5", "http://127.0.0.1:24280/readyz"],
                                stdout=subprocess.PIPE, text=True, check=False)
        return answer.returncode == 0 and "503" not in answer.stdout and answer.stdout.strip().startswith(("ready", "ok"))


def prepare_packages(target, folder):
    """Those that were built, and the same as another version, whose settings file and jars differ."""
    os.makedirs(os.path.join(folder, FORMER))
    os.makedirs(os.path.join(folder, LATER))
    (tarball,) = glob.glob(os.path.join(target, "pombal-*-el9.tar.gz"))
    shutil.copy(tarball, os.path.join(folder, TARBALL))
    for name in NAMES:
        (built,) = glob.glob(os.path.join(target, f"{name}_*.deb"))
        shutil.copy(built, os.path.join(folder, FORMER, f"{name}.deb"))
        tree = os.path.join(folder, "tree")
        subprocess.run(["dpkg-deb", "--raw-extract", built, tree], check=True)
        control = os.path.join(tree, "DEBIAN", "control")
        with open(control) as file:
            text = file.read()
        version = re.search("^Version: (.*)$", text, re.M).group(1)
        with open(control, "w") as file:
            file.write(text.replace(version, "99.0"))
        settings = os.path.join(tree, "etc/pombal/pombal.conf")
        if os.path.exists(settings):
            with open(settings, "a") as file:
                file.write("# The later version has one line more.\n")
        jars = os.path.join(tree, "usr/share/pombal/lib")
        if os.path.isdir(jars):
            # Other files with other times, as a build that differs would have.
            for jar in os.listdir(jars):
                os.utime(os.path.join(jars, jar))
        subprocess.run(["dpkg-deb", "-Znone", "--build", tree, os.path.join(folder, LATER, f"{name}.deb")],
                       check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(tree)


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def installs(world):
    """installing makes user and folders, and starts nothing that has no settings yet"""
    machine = world.machine
    machine.run("systemctl", "stop", "dovecot.service")
    world.files = machine.files()
    # On a busy machine preparing classes takes minutes; who works on these tests may do without.
    classes = os.environ.get("POMBAL_CLASS_ARCHIVES", "yes") == "yes"
    said = world.dpkg(FORMER, classes)
    expect("slower" not in said, said)
    for unit in EXPOSURE:
        expect(machine.run("systemctl", "is-enabled", unit, check=False) == "disabled", f"{unit} is enabled")
        expect(machine.run("systemctl", "is-active", unit, check=False) == "inactive", f"{unit} runs")
    expect(machine.run("stat", "--format=%U:%G %a", "/etc/pombal/pombal.conf") == "root:pombal 640", "the settings' rights")
    expect(machine.run("stat", "--format=%U:%G %a", "/var/lib/pombal") == "pombal:pombal 750", "the state's rights")
    made = machine.run("ls", "/var/cache/pombal")
    expect(not classes or all(kind in made for kind in ("cluster-", "node-", "controller-")), f"prepared classes: {made}")
    expect("Java" in machine.run("pombal", "version"), "the program does not run")
    for page in ("pombal.1", "doveadm-cluster-backend.1", "pombal-guardian.8"):
        expect(os.path.exists(machine.path(f"/usr/share/man/man{page[-1]}/{page}.gz")), f"no {page}")
    machine.run("bash", "-c", "source /usr/share/bash-completion/completions/pombal && complete -p pombal")


def units_are_sound(world):
    """the units are right, and confine what they run"""
    machine = world.machine
    for unit, limit in EXPOSURE.items():
        path = f"/usr/lib/systemd/system/{unit}.service"
        said = machine.run("systemd-analyze", "verify", "--man=no", path)
        expect(not said, f"{unit}: {said}")
        said = machine.run("systemd-analyze", "security", "--offline=yes", f"--threshold={int(limit * 10)}", path, check=False)
        found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
        expect(found and float(found.group(1)) <= limit, f"{unit}: {said}")


def hands_doveadm_on(world):
    """doveadm and dsync are Dovecot's as before, behind ours"""
    machine = world.machine
    expect(machine.run("readlink", "-f", "/usr/bin/doveadm") == "/usr/share/pombal/bin/doveadm", "doveadm is not ours")
    expect(machine.run("doveadm", "pw", "-s", "PLAIN", "-p", "a b") == "{PLAIN}a b", "doveadm pw")
    expect("cluster" in machine.run("doveadm", "cluster", "--help", check=False), "doveadm cluster")
    if os.path.lexists(machine.path("/usr/bin/dsync")):
        expect(machine.run("dsync", check=False) == machine.run("bash", "-c", "exec -a dsync doveadm.distrib", check=False), "dsync")


def _configure_dovecot(machine, role, more_23, more_24):
    """The snippet as it is printed, behind the little that a Dovecot needs besides."""
    release = machine.run("dovecot", "--version").split()[0]
    snippet = machine.run("pombal", "dovecot-config", "--role", role, "--version", release, "--group", "pombal")
    # What it asks an operator to adapt.
    snippet = re.sub("^#login_trusted_networks = .*$", "login_trusted_networks = 127.0.0.0/8", snippet, flags=re.M)
    machine.write("/etc/dovecot/pombal.conf", snippet + "\n")
    if release.startswith("2.3"):
        text = more_23 + f"protocols = {PROTOCOLS}\n"
    else:
        text = more_24 + "protocols {\n" + "".join(f"  {name} = yes\n" for name in PROTOCOLS.split()) + "}\n"
    machine.write("/etc/dovecot/dovecot.conf", text + DOVECOT_BOTH)
    machine.run("doveconf", "-n")


def serves(world):
    """node, guardian and Dovecot run by their units, and serve a backend's users; the node is no root"""
    machine = world.machine
    machine.run("useradd", "--system", "--home-dir", "/srv/mail", "--create-home", "vmail")
    _configure_dovecot(machine, "backend", DOVECOT_23, DOVECOT_24)
    shipped = machine.read("/etc/pombal/pombal.conf")
    machine.write("/etc/pombal/pombal.conf", shipped + SETTINGS.format(
        version=machine.version, datacentre="d8s_cluster", timing=world.timing))
    machine.write("/etc/hosts", "127.0.0.1 localhost b1.test\n")
    machine.until(lambda: subprocess.run(["sh", "-c", "exec 3<>/dev/tcp/127.0.0.1/9042"], check=False, executable="/bin/bash",
                                         stderr=subprocess.DEVNULL).returncode == 0, "Cassandra", 120)
    machine.run("pombal", "geodb", "init")
    machine.run("mkdir", "-p", os.path.dirname(DROP_IN))
    machine.run("ln", "-s", "/usr/share/pombal/systemd/dovecot-backend.conf", DROP_IN)
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "enable", "--now", "pombal-node.service")
    machine.run("systemctl", "start", "dovecot.service")
    until_command = lambda *command: machine.until(  # noqa: E731
        lambda: "Error" not in machine.run("sh", "-c", '"$@" >/dev/null 2>&1 || echo Error', "sh", *command), " ".join(command), 60)
    until_command("doveadm", "cluster", "site", "add", f"debian{machine.version}")
    until_command("doveadm", "cluster", "backend", "add", "--self")
    until_command("doveadm", "cluster", "backend", "update", "--status", "online", "b1.test")
    machine.until(lambda: _serves_new(world), "a login", 60)
    expect(machine.run("ps", "-o", "user=", "-p", world.main_pid("pombal-node.service")) == "pombal", "the node's user")
    errors = [line for line in machine.run("pombal", "check", check=False).splitlines() if line.startswith("error")]
    expect(not errors, "\n".join(errors))
    world.guardian = world.main_pid("dovecot.service")


def _serves_new(world):
    try:
        Idler("new@example.org", PASSWORD).close()
        return True
    except (AssertionError, OSError):
        return False


def opens_sessions(world):
    """sessions idle"""
    for number in range(world.wanted):
        world.idlers.append(Idler(f"user{number % 50}@example.org", PASSWORD))
    with open("/proc/self/net/tcp") as connections:
        established = sum(1 for line in connections if ":008F" in line.split()[1] and line.split()[3] == "01")
    expect(established >= world.wanted, f"{established} sessions")


def opens_its_jars(world):
    """the node holds all of its jars open, so that an upgrade takes none away"""
    machine = world.machine
    node = world.main_pid("pombal-node.service")

    def held():
        return {line for line in machine.run("sh", "-c", f"readlink /proc/{node}/fd/*", check=False).splitlines() if line.endswith(".jar")}

    expected = {f"/usr/share/pombal/lib/{name}" for name in os.listdir(machine.path("/usr/share/pombal/lib"))}
    machine.until(lambda: held() == expected, f"the jars to be open (missing: {sorted(expected - held())[:5]})")


def _all_stay(world, version):
    machine = world.machine
    node = world.main_pid("pombal-node.service")
    began = time.monotonic()
    # By the times of production the restart has to be as quick as it can.
    said = world.dpkg(version, classes=world.timing == 1)
    took = time.monotonic() - began
    machine.until(world.ready, "the node to be ready again", 120)
    expect(world.main_pid("pombal-node.service") != node, "the node was not restarted")
    expect(world.main_pid("dovecot.service") == world.guardian, "the guardian was restarted")
    expect("is still the former one" in said, f"not told of the guardian: {said}")
    lost = [idler.user for idler in world.idlers if not idler.is_alive()]
    expect(not lost, f"{len(lost)} of {len(world.idlers)} sessions are lost: {lost[:5]}")
    machine.until(lambda: _serves_new(world), "a login", 30)
    print(f"  {len(world.idlers)} sessions stayed; dpkg took {took:.1f} s; the lease was not renewed for {_gap(machine):.1f} s")
    return said


def _gap(machine):
    """Seconds from the former node's end to the later one's first renewal, by their log."""
    journal = machine.run("journalctl", "--no-pager", "--unit=pombal-node", "--output=cat")
    ended, held = (re.findall(rf"^(\S+)Z .*{text}", journal, re.M)[-1]
                   for text in ("node stopped", "holding incarnation .* as before"))
    return (datetime.datetime.fromisoformat(held) - datetime.datetime.fromisoformat(ended)).total_seconds()


def upgrades(world):
    """an upgrade disconnects nobody, restarts the node and not the guardian, and keeps changed settings"""
    changed = world.machine.read("/etc/pombal/pombal.conf")
    _all_stay(world, LATER)
    expect(world.machine.read("/etc/pombal/pombal.conf") == changed, "the settings were replaced")
    expect("one line more" in world.machine.read("/etc/pombal/pombal.conf.dpkg-dist"), "the new settings are not beside them")
    expect(world.machine.run("stat", "--format=%U:%G %a", "/etc/pombal/pombal.conf") == "root:pombal 640", "the settings' rights")


def goes_back(world):
    """so does going back to the former version"""
    _all_stay(world, FORMER)


def survives_a_dovecot_upgrade(world):
    """an upgrade of Dovecot beneath the diversion leaves ours in its place"""
    machine = world.machine
    machine.write("/tmp/d/DEBIAN/control", "Package: dovecot-core\nVersion: 99:1\nArchitecture: amd64\nMaintainer: test <t@example.org>\n"
                                           "Description: stands for a newer dovecot-core\n")
    machine.write("/tmp/d/usr/bin/doveadm", "#!/bin/sh\necho newer\n")
    machine.run("chmod", "755", "/tmp/d/usr/bin/doveadm")
    # Only unpacked, into a database of its own that knows the diversion: the real one goes on being used.
    machine.run("sh", "-c", "mkdir -p /tmp/r/usr/bin /tmp/r/var/lib/dpkg/info /tmp/r/var/lib/dpkg/updates && "
                            "touch /tmp/r/var/lib/dpkg/status && cp /var/lib/dpkg/diversions /tmp/r/var/lib/dpkg/ && "
                            "dpkg-deb --build /tmp/d /tmp/d.deb && dpkg --root=/tmp/r --force-all --unpack /tmp/d.deb && "
                            "test -e /tmp/r/usr/bin/doveadm.distrib && test ! -e /tmp/r/usr/bin/doveadm")


def controller_runs(world):
    """the controller runs confined, too"""
    machine = world.machine
    machine.run("systemctl", "start", "pombal-controller.service")
    machine.until(lambda: '"geoDb":"up"' in subprocess.run(
        ["curl", "--silent", "--max-time", "5", "http://127.0.0.1:8090/api/v1/health"],
        stdout=subprocess.PIPE, text=True, check=False).stdout.replace(" ", ""), "the controller", 60)


def starts_compose(world):
    """the unit of the Compose package says what is wrong, and starts and stops Compose"""
    machine = world.machine
    unit = "pombal-cluster-controller.service"
    folder = "/usr/share/doc/pombal-controller-compose"
    expect(not machine.run("systemd-analyze", "verify", "--man=no", f"/usr/lib/systemd/system/{unit}"), "the unit")
    # Stands for Compose, which needs an engine.
    machine.write("/root/compose", '#!/bin/sh\necho "$PWD $*" >>/root/composed\ncase " $* " in *" up "*) exec sleep infinity ;; esac\n')
    machine.run("chmod", "755", "/root/compose")
    machine.write("/etc/default/pombal-cluster-controller", "POMBAL_COMPOSE=/root/compose\n")
    machine.run("chmod", "644", f"{folder}/cassandra-bootstrap.sh")
    machine.run("systemctl", "start", unit, check=False)
    said = machine.run("journalctl", "--no-pager", f"--unit={unit}", "--output=cat")
    for problem in ("cassandra-bootstrap.sh: is not executable", "controller_config:5: CLUSTER_SITE: is needed, and empty"):
        expect(problem in said, f"'{problem}' is not in: {said}")
    expect(not os.path.exists(machine.path("/root/composed")), "Compose was started all the same")
    machine.run("chmod", "755", f"{folder}/cassandra-bootstrap.sh")
    machine.run("sed", "--in-place", "--follow-symlinks", "s/^CLUSTER_SITE =/& porto/; s/^CASSANDRA_SERVERS =/& 10.0.0.1/",
                f"{folder}/controller_config")
    machine.run("systemctl", "start", unit)
    machine.run("systemctl", "stop", unit)
    done = machine.read("/root/composed").splitlines()
    expect(done == [f"{folder} --file docker-compose.yml up --no-color --remove-orphans", f"{folder} --file docker-compose.yml stop"],
           f"Compose was called so: {done}")
    machine.run("rm", "/etc/default/pombal-cluster-controller")


def runs_beside_a_proxy(world):
    """beside a proxy pombal-sockets keeps the node's sockets while the node restarts"""
    machine = world.machine
    world.close()
    world.idlers = []
    machine.run("systemctl", "stop", "pombal-node.service", "dovecot.service")
    machine.run("rm", DROP_IN)
    machine.run("systemctl", "daemon-reload")
    _configure_dovecot(machine, "proxy", PROXY_23, PROXY_24)
    settings = machine.read("/etc/pombal/pombal.conf")
    machine.write("/etc/pombal/pombal.conf", settings.replace("cluster_backend_name = b1.test", ""))
    machine.run("systemctl", "start", "dovecot.service", "pombal-sockets.service", "pombal-node.service")
    machine.until(world.ready, "the node to be ready", 120)
    socket = "/run/dovecot/login/pombal/cluster"
    expect(machine.run("stat", "--format=%U:%G %a", socket) == "root:root 666", "the socket's rights")
    errors = [line for line in machine.run("pombal", "check", check=False).splitlines() if line.startswith("error")]
    expect(not errors, "\n".join(errors))
    inode = machine.run("stat", "--format=%i", socket)
    machine.run("systemctl", "restart", "pombal-node.service")
    machine.until(world.ready, "the node to be ready again", 120)
    expect(machine.run("stat", "--format=%i", socket) == inode, "the socket is another one")
    machine.write("/etc/pombal/pombal.conf", settings)


def purges(world):
    """purging leaves nothing"""
    machine = world.machine
    machine.run("systemctl", "stop", "dovecot.service")
    machine.run("systemctl", "disable", "pombal-node.service")
    machine.run("dpkg", "--purge", *reversed(NAMES))
    machine.run("sh", "-c", "rm -rf /srv/mail /etc/dovecot/pombal.conf /etc/hosts && userdel vmail")
    left = machine.files() - world.files
    # What the machine's own life brings, and Dovecot's.
    left = {path for path in left if not re.match(r"/(var/lib/(dovecot|systemd|private)|var/cache/(private|ldconfig)|var/tmp|tmp|root|etc/\.updated|var/\.updated)", path)
            and path not in ("/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-")}
    expect(not left, f"left: {sorted(left)}")
    expect("pombal" not in machine.read("/etc/passwd") + machine.read("/etc/group"), "the user is left")
    expect(machine.run("readlink", "-f", "/usr/bin/doveadm") == "/usr/bin/doveadm", "the diversion is left")
    expect("pombal" not in machine.run("dpkg-divert", "--list"), "dpkg-divert --list")


def installs_the_tarball(world):
    """the tarball for EL9 installs, comes again over itself, and is removed, where there are no packages"""
    machine = world.machine
    before = machine.files()
    machine.run("tar", "-xzf", f"/packages/{TARBALL}", "-C", "/root")
    (folder,) = machine.run("sh", "-c", "ls -d /root/pombal-*").split()
    install = lambda: machine.run(f"{folder}/install", environment=["POMBAL_CLASS_ARCHIVES=no"])  # noqa: E731
    install()
    expect("Java" in machine.run("pombal", "version"), "the program does not run")
    with open(machine.path("/usr/sbin/pombal-guardian"), "rb") as guardian:
        needed = max((int(a), int(b)) for a, b in re.findall(rb"GLIBC_(\d+)\.(\d+)", guardian.read()))
    expect(needed <= NEWEST_GLIBC, f"the guardian needs glibc {needed}")
    for unit in EXPOSURE:
        said = machine.run("systemd-analyze", "verify", "--man=no", f"/usr/lib/systemd/system/{unit}.service")
        expect(not said, f"{unit}: {said}")
        expect(machine.run("systemctl", "is-enabled", unit, check=False) == "disabled", f"{unit} is enabled")
    settings = "/etc/pombal/pombal.conf"
    for path, rights in ((settings, "root:pombal 640"), ("/var/lib/pombal", "pombal:pombal 750")):
        expect(machine.run("stat", "--format=%U:%G %a", path) == rights, f"the rights of {path}")
    changed = machine.read(settings) + "# Changed here.\n"
    machine.write(settings, changed)
    said = install()
    expect(f"{settings} stays" in said and machine.read(settings) == changed, f"the settings did not stay: {said}")
    expect(os.path.exists(machine.path(f"{settings}.new")), "the new settings are not beside them")
    machine.run(f"{folder}/remove")
    expect(machine.read(settings) == changed, "the settings went")
    expect(not os.path.lexists(machine.path("/usr/bin/pombal")), "the program stays")
    machine.run(f"{folder}/remove", "--purge")
    left = {path for path in machine.files() - before
            if not re.match(r"/(root|tmp|var/tmp|etc/\.updated|var/\.updated)", path) and not re.match(r"/etc/(passwd|group|shadow|gshadow)-$", path)}
    expect(not left, f"left: {sorted(left)}")
    expect("pombal" not in machine.read("/etc/passwd") + machine.read("/etc/group"), "the user is left")


ALL = (installs, units_are_sound, hands_doveadm_on, serves, opens_sessions, opens_its_jars, upgrades, goes_back,
       survives_a_dovecot_upgrade, controller_runs, starts_compose, runs_beside_a_proxy, purges, installs_the_tarball)
