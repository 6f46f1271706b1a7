"""Two builds of Pombal: this checkout's, and that of a commit before."""

import glob
import os
import re
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MIGRATIONS = "geodb/src/main/resources/org/pombal/geodb/migration"


class Missing(Exception):
    """Something that is needed is not there; the message says what to do."""


class Build:
    def __init__(self, name, root):
        self.name = name
        self.root = root
        self.environment = dict(os.environ, POMBAL_HOME=os.path.join(root, "app/target/pombal"))
        # Of the settings of whoever calls this none may count.
        for variable in [each for each in self.environment if each.startswith(("CASSANDRA_", "CLUSTER_", "cluster_", "POMBAL_SOCKET"))]:
            del self.environment[variable]

    def command(self, *arguments):
        return [os.path.join(self.root, "app/src/main/launcher/pombal"), *arguments]

    def schema(self):
        """The version of the schema that it needs, as it prints it."""
        return max(re.match("V(.*?)__", os.path.basename(file)).group(1) for file in glob.glob(f"{self.root}/{MIGRATIONS}/V*.cql"))

    def run(self, *arguments):
        """Exit code, and what it printed on both outputs."""
        ended = subprocess.run(self.command(*arguments), env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
        return ended.returncode, ended.stdout

    def start(self, log, *arguments):
        with open(log, "w") as output:
            return subprocess.Popen(self.command(*arguments), env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)


def this():
    return Build("this build", ROOT)


def of(commit):
    return Build("the former build", _folder(commit))


def _folder(commit):
    return os.path.join(ROOT, "build", "former", commit)


def _git(*arguments):
    try:
        return subprocess.run(["git", "-C", ROOT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError as e:
        raise Missing("git is needed, to get at the release before this one") from e


def _commit(wanted):
    if _git("rev-parse", "--git-dir").returncode != 0:
        raise Missing(f"{ROOT} has no history of git, and so no release before this one")
    if wanted is None:
        newest = _git("log", "-1", "--format=%H", "--diff-filter=A", "--", MIGRATIONS).stdout.strip()
        wanted = f"{newest}^"
    found = _git("rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.strip()
    hint = "; this history is shallow: git fetch --unshallow brings the rest" if _git("rev-parse", "--is-shallow-repository").stdout.strip() == "true" else ""
    raise Missing(f"there is no commit {wanted} here{hint}")


def prepare(wanted):
    """Builds both where that is not done yet. Returns the id of the former one's commit."""
    commit = _commit(wanted)
    folder = _folder(commit)
    if not os.path.isdir(folder):
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        half = f"{folder}.new"
        shutil.rmtree(half, ignore_errors=True)
        os.mkdir(half)
        archive = subprocess.Popen(["git", "-C", ROOT, "archive", commit], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", half], stdin=archive.stdout, check=True)
        archive.stdout.close()
        if archive.wait() != 0:
            raise Missing(f"git archive {commit} failed")
        os.rename(half, folder)
    for build in (of(commit), this()):
        if subprocess.run([os.path.join(build.root, "pombal"), "version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            raise Missing(f"{build.name} ({build.root}) does not build; see above")
    if of(commit).schema() >= this().schema():
        raise Missing(f"commit {commit} has schema {of(commit).schema()}, this checkout {this().schema()}: name an earlier one with --former")
    return commit
