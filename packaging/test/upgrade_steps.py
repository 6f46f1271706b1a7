"""What is tried with two builds on one cluster, in this order. The functions' first lines name the steps."""

import os
import re
import signal

import cluster
from cluster import expect, until

ALICE, BOB, CAROL = "alice@example.org", "bob@example.org", "carol@example.org"
LISTS = ("clusterSiteList", "clusterBackendList", "clusterGroupList", "clusterUserList")


class World:
    """The demo of the former build, whose nodes are replaced one by one."""

    def __init__(self, former, this, folder):
        self.former = former
        self.this = this
        self.folder = folder
        self.demo = cluster.Demo(former, os.path.join(folder, "demo.out"))
        self.session = None

    def node(self, name):
        return self.demo.nodes[name]

    def say(self):
        return self.demo.say()

    def close(self):
        if self.session:
            self.session.close()
        self.demo.close()


def former_serves(world):
    """the former build makes its schema, and serves"""
    world.demo.await_up()
    code, said = world.former.run("geodb", "status", "--config", world.demo.settings("node1"))
    expect(code == 0 and f"is at version {world.former.schema()}" in said, f"geodb status of the former build ended with {code}: {said}")
    for user in (ALICE, BOB, CAROL):
        world.demo.expect_served(user)
    # Where the rest wants them: alice and bob with the former build, carol with this one.
    for user, backend in ((ALICE, 1), (BOB, 2), (CAROL, 3)):
        _move_group(world, "node1", world.demo.user("node1", user)["group"], backend)
    groups = {world.demo.user("node1", user)["group"] for user in (ALICE, BOB, CAROL)}
    expect(len(groups) == 3, f"these users are to be in groups of their own, and are in {groups}")


def this_refuses(world):
    """this build refuses the former schema and says what to do, and its node waits for it"""
    wanted = (f"is at version {world.former.schema()}, but this release needs {world.this.schema()}; "
              "'pombal geodb init' brings it there")
    code, said = world.this.run("geodb", "status", "--config", world.demo.settings("node1"))
    expect(code == 69 and wanted in said, f"geodb status ended with {code}: {said}")
    world.node("backend-node3").replace(world.this)
    until(lambda: wanted in world.node("backend-node3").log(), "the node to say what is missing", 30)
    expect(not world.node("backend-node3").is_ready(), "the node says that it is ready")
    expect(world.node("backend-node3").is_running(), "the node has ended")


def init_expands(world):
    """geodb init of this build expands the schema beneath nodes and sessions of the former one; the node that waited is ready"""
    world.session = world.demo.session(ALICE)
    code, said = world.this.run("geodb", "init", "--config", world.demo.settings("node1"))
    applied = re.findall(r"applied migration (\S+),", said)
    expect(code == 0 and applied and applied[-1] == world.this.schema(), f"geodb init ended with {code}: {said}")
    for build in (world.this, world.former):
        code, said = build.run("geodb", "status", "--config", world.demo.settings("node1"))
        expect(code == 0 and f"is at version {world.this.schema()}" in said, f"geodb status of {build.name} ended with {code}: {said}")
    for name, node in world.demo.nodes.items():
        until(lambda: world.demo.answers(name), f"{name} ({node.build.name}) to be ready", 60)  # pylint: disable=cell-var-from-loop
    expect(world.session.is_alive(), "alice's session ended")
    # The former build did not know that anything happened.
    code, said = world.former.run("geodb", "init", "--config", world.demo.settings("node1"))
    expect(code == 0 and "up to date" in said, f"geodb init of the former build ended with {code}: {said}")
    expect(world.session.is_alive(), "alice's session ended")


def both_read_the_same(world):
    """both builds read the same from each other's rows"""
    _move_group(world, "backend-node3", world.demo.user("node1", CAROL)["group"], 3)
    world.demo.expect_served(CAROL, 3)
    for call in LISTS:
        _same(world, call, {"mask": "*"} if call == "clusterUserList" else {})
    for user in (ALICE, BOB, CAROL):
        seen = [{column: world.demo.user(name, user)[column] for column in ("site", "group", "backend", "moving", "geodb")}
                for name in ("node1", "backend-node1", "backend-node3")]
        expect(seen[0] == seen[1] == seen[2], f"{user}: {seen}")
    for backend in (1, 2, 3):
        _same(world, "clusterBackendStatus", {"host": cluster.backend(backend)})


def _same(world, call, parameters):
    """What does not change by itself, as nodes of both builds answer it; the former may know fewer columns."""
    former, this = (world.demo.ask(name, call, parameters) for name in ("node1", "backend-node3"))
    expect(former and len(former) == len(this), f"{call}: {former} and {this}")
    for one, other in zip(former, this):
        common = set(one) & set(other) - {"sessions", "sessions-passed-on"}
        expect(len(common) >= 2, f"{call}: {one} and {other}")
        for column in common:
            expect(one[column] == other[column], f"{call}: {column} is {one[column]} with the former build, {other[column]} with this")


def _move_group(world, asked, group, backend):
    host = cluster.backend(backend)
    at = world.demo.ask(asked, "clusterGroupStatus", {"site": "demo", "group": group})[0]
    if at["backend"] == host and at["moving"] == "no":
        return
    world.demo.ask(asked, "clusterGroupMove", {"site": "demo", "group": group, "host": host})
    until(lambda: all((row["backend"], row["moving"]) == (host, "no") for row in (
        world.demo.ask(name, "clusterGroupStatus", {"site": "demo", "group": group})[0] for name in ("node1", asked))),
          f"group {group} to be on {host}", 60)


def moves_groups(world):
    """groups move from the former build to this and back, asked by either; their users are served"""
    alices, carols = (world.demo.user("node1", user)["group"] for user in (ALICE, CAROL))
    _move_group(world, "node1", alices, 3)
    until(lambda: not world.session.is_alive(), "alice's session to end", 30)
    world.demo.expect_served(ALICE, 3)
    _move_group(world, "backend-node3", carols, 2)
    world.demo.expect_served(CAROL, 2)
    _move_group(world, "backend-node3", alices, 1)
    world.demo.expect_served(ALICE, 1)
    _move_group(world, "node1", carols, 3)
    world.demo.expect_served(CAROL, 3)


def _move_user(world, asked, user, group, backend):
    world.demo.ask(asked, "clusterUserMove", {"user": user, "group": group})
    until(lambda: all((row["group"], row["moving"]) == (group, "no") for row in (
        world.demo.user(name, user) for name in ("node1", "backend-node3"))), f"{user} to be in {group}", 60)
    world.demo.expect_served(user, backend)


def moves_users(world):
    """users' moves that one build asks for are carried out by the other"""
    bobs, carols = (world.demo.user("node1", user)["group"] for user in (BOB, CAROL))
    # Who has the group that is left carries it out.
    _move_user(world, "backend-node3", BOB, carols, 3)
    _move_user(world, "node1", BOB, bobs, 2)
    _move_user(world, "node1", CAROL, bobs, 2)
    _move_user(world, "backend-node3", CAROL, carols, 3)


def takes_a_move_back(world):
    """a user's move that this build takes back while it is written leaves the user at home with the former one, too"""
    bobs, carols = (world.demo.user("node1", user)["group"] for user in (BOB, CAROL))
    # It stands for a moment only: less than trust in its lease lasts.
    world.node("backend-node2").signal(signal.SIGSTOP)
    try:
        asked = world.demo.ask("backend-node3", "clusterUserMove", {"user": BOB, "group": carols})[-1]
        stays = world.demo.ask("backend-node3", "clusterUserStay", {"user": BOB})[-1]
    finally:
        world.node("backend-node2").signal(signal.SIGCONT)
    expect(stays["move-id"] != asked["move-id"], f"user move answers {asked}, user stay {stays}")
    until(lambda: all((row["group"], row["moving"]) == (bobs, "no") for row in (
        world.demo.user(name, BOB) for name in ("node1", "backend-node3"))), "bob to stay", 60)
    expect(stays["move-id"] in world.node("backend-node2").log(), f"the former build's node did not carry it out: {stays}")
    world.demo.expect_served(BOB, 2)


def updates_rows(world):
    """what one build writes into the rows of backends and sites the other reads, and keeps when it writes them itself"""
    for asked, other, factor in (("node1", "backend-node3", 41), ("backend-node3", "node1", 73)):
        world.demo.ask(asked, "clusterBackendUpdate", {"host": cluster.backend(1), "loadFactor": factor})
        seen = world.demo.ask(other, "clusterBackendStatus", {"host": cluster.backend(1)})[0]
        expect((seen["load-factor"], seen["status"]) == (factor, "online"), f"load factor {factor} is seen as {seen}")
    world.demo.ask("backend-node3", "clusterSiteUpdate", {"name": "demo", "loadBalancer": "lb.test"})
    world.demo.ask("node1", "clusterBackendUpdate", {"host": cluster.backend(1), "loadFactor": 100})
    for call in ("clusterSiteList", "clusterBackendList"):
        _same(world, call, {})


def controllers_agree(world):
    """controllers of both builds run side by side, and say the same of the site"""
    second = cluster.Controller(world.this, world.demo, world.folder)
    try:
        until(lambda: all(cluster.health(url).get("geoDb") == "up" for url in (second.url, world.demo.controller_url())),
              "both controllers to have GeoDB", 60)
        mine, theirs = (world.demo.controller_asked(url, "/backends") for url in (second.url, world.demo.controller_url()))
        for one, other in zip(mine["items"], theirs["items"]):
            for field in ("host", "site", "status", "loadFactor"):
                expect(one[field] == other[field], f"{field}: {one} and {other}")
        expect(len(mine["items"]) == len(theirs["items"]) == 3, f"{mine} and {theirs}")
    finally:
        second.close()


def this_serves_at_the_proxy(world):
    """with this build's node the proxy leads to backends of both"""
    world.node("node1").replace(world.this)
    until(lambda: world.demo.answers("node1"), "the proxy's node to be ready", 60)
    for user in (ALICE, BOB, CAROL):
        world.demo.expect_served(user)
    _move_group(world, "node1", world.demo.user("node1", ALICE)["group"], 3)
    world.demo.expect_served(ALICE, 3)


def goes_back(world):
    """back to the former build alone, on the newer schema: it serves all, and moves them"""
    for name in ("node1", "backend-node3"):
        world.node(name).replace(world.former)
    for name, node in world.demo.nodes.items():
        expect(node.build is world.former, f"{name} runs {node.build.name}")
        until(lambda: world.demo.answers(name), f"{name} to be ready", 60)  # pylint: disable=cell-var-from-loop
    code, said = world.former.run("geodb", "status", "--config", world.demo.settings("node1"))
    expect(code == 0 and f"is at version {world.this.schema()}" in said, f"geodb status ended with {code}: {said}")
    for user, backend in ((ALICE, 2), (BOB, 1), (CAROL, 3)):
        _move_group(world, "node1", world.demo.user("node1", user)["group"], backend)
        world.demo.expect_served(user, backend)
    bobs, carols = (world.demo.user("node1", user)["group"] for user in (BOB, CAROL))
    _move_user(world, "node1", BOB, carols, 3)
    _move_user(world, "node1", BOB, bobs, 1)


ALL = (former_serves, this_refuses, init_expands, both_read_the_same, moves_groups, moves_users, takes_a_move_back, updates_rows,
       controllers_agree, this_serves_at_the_proxy, goes_back)
