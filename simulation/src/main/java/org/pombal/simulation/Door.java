package org.pombal.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.ownership.Doorkeeper;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.StatusMoves;
import org.pombal.model.ownership.UserHomes;
import org.pombal.model.ownership.Verdict;
import org.pombal.model.placement.User;

/** Where logins, deliveries and beginning sessions wait until the doorkeeper has decided, and where they are counted. */
final class Door {

    /** A login that does not become a session ends some time. */
    private static final long LOST_LOGIN = 10 * Chance.SECOND;

    private static final long AGAIN = 400 * Chance.MILLISECOND;

    private final BackendNode node;
    private final Doorkeeper keeper;
    private final UserHomes homes;
    private final SessionBook book;
    private final List<Login> waiting = new ArrayList<>();

    Door(BackendNode node, Doorkeeper keeper, UserHomes homes, SessionBook book) {
        this.node = node;
        this.keeper = keeper;
        this.homes = homes;
        this.book = book;
    }

    void arrive(Login login) {
        if (node.host().guardian().letsServe()) {
            judge(login);
        }
    }

    void tryAgain() {
        List<Login> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(this::judge);
    }

    private void judge(Login login) {
        long now = node.now();
        if (login.isEnded()) {
            return;
        }
        if (now >= login.until() || isGone(login)) {
            fail(login);
            return;
        }
        if (!login.isBeginning()) {
            homes.lastKnown(login.user())
                    .ifPresent(group -> node.group(group).event(new GroupEvent.Arrived(login.user())));
        }
        Doorkeeper.Step step = keeper.judge(now, login.user(), node.holder().isTrusted(now), login.isBeginning());
        if (step instanceof Doorkeeper.Step.ReadUser read) {
            node.ask(node.geoDb().users().find(login.user(), ReadLevel.SERIAL), (found, failure) -> {
                if (found == null) {
                    hold(login);
                } else if (found.isEmpty()) {
                    homes.forget(login.user());
                    fail(login);
                } else {
                    User user = found.get();
                    homes.remember(node.now(), user.key(), user.home(), read.known());
                    judge(login);
                }
            });
        } else if (step instanceof Doorkeeper.Step.Look look) {
            node.group(look.group()).event(new GroupEvent.Look());
            hold(login);
        } else {
            decided(login, (Doorkeeper.Step.Decided) step);
        }
    }

    private static boolean isGone(Login login) {
        MailProcess process = login.process();
        return process != null && !process.isAlive();
    }

    private void decided(Login login, Doorkeeper.Step.Decided decided) {
        Verdict verdict = decided.verdict();
        node.site()
                .trace(() -> node.host().name() + ": " + login.user() + (login.isBeginning() ? " begins" : "") + " -> "
                        + verdict);
        if (verdict instanceof Verdict.Serve) {
            serve(login, decided.group());
            return;
        }
        MailProcess process = login.process();
        if (process != null) {
            fail(login);
            return;
        }
        if (verdict instanceof Verdict.Elsewhere elsewhere) {
            login.goElsewhere(elsewhere.backend());
            return;
        }
        if (verdict instanceof Verdict.AskSource ask) {
            node.site().tell(node.host(), ask.source(), source -> source.group(decided.group())
                    .event(new GroupEvent.Arrived(login.user())));
        }
        hold(login);
    }

    private void hold(Login login) {
        waiting.add(login);
        node.site()
                .events()
                .after(
                        AGAIN,
                        () -> node.run(() -> {
                            if (waiting.remove(login)) {
                                judge(login);
                            }
                        }));
    }

    private void fail(Login login) {
        login.end();
        MailProcess process = login.process();
        if (process != null) {
            process.dieAfter(Chance.MILLISECOND);
        }
    }

    private void serve(Login login, GroupId group) {
        moveAwayIfNotOnline(group);
        MailProcess process = login.process();
        if (process != null) {
            process.letIn(group);
            book.begin(process);
            process.begin();
            process.dieAfter(node.site().chance().milliseconds(100, node.site().longestSession()));
        } else if (node.host().guardian().letsServe()) {
            MailProcess next = node.host().newProcess(login.user(), login.isDelivery());
            next.letIn(group);
            book.add(next);
            if (login.isDelivery()) {
                next.begin();
                next.dieAfter(node.site().chance().milliseconds(10, node.site().longestSession() / 2));
            } else {
                sessionWillBegin(next, login);
                return;
            }
        }
        login.isLetIn();
        node.group(group).event(new GroupEvent.SessionsChanged());
    }

    private void sessionWillBegin(MailProcess process, Login login) {
        login.end();
        Chance chance = node.site().chance();
        long delay = chance.once(15) ? chance.milliseconds(100, 4_000) : chance.milliseconds(1, 60);
        process.dieAfter(Math.max(LOST_LOGIN, node.site().longestSession() * Chance.MILLISECOND));
        // The request goes to whichever node process is there then.
        node.site().events().after(delay, () -> {
            if (process.isAlive() && node.host().node() instanceof BackendNode current) {
                current.run(() -> current.door().sessionBegins(process, login));
            }
        });
    }

    private void sessionBegins(MailProcess process, Login login) {
        judge(new Login(
                process.user(),
                false,
                node.now() + node.site().timings().loginHold().toNanos(),
                process,
                backend -> {},
                login::isLetIn));
    }

    private void moveAwayIfNotOnline(GroupId group) {
        Site site = node.site();
        BackendStatus status = site.status(node.host().backend());
        if (status == BackendStatus.ONLINE) {
            return;
        }
        node.group(group)
                .keeper()
                .row()
                .filter(row -> node.group(group).keeper().isOwner())
                .flatMap(row -> StatusMoves.atLogin(
                        row, status, site.choice(), new MoveId(site.chance().id()), Instant.EPOCH))
                .ifPresent(move -> node.group(group).event(new GroupEvent.MoveAsked(move)));
    }
}
