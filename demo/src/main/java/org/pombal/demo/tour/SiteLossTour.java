package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.site.MailSite;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Listener;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;

/** One of two sites stands still as if its power were off; the other serves its users, and sends them home when it is back. */
public final class SiteLossTour {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int GEODB_SECONDS = 10;

    private final MailSite left;
    private final MailSite lost;
    private final Runnable check;

    /**
     * A tour of two sites that run.
     *
     * @param left the site that stays
     * @param lost the site that is lost
     * @param check is run again and again while something is waited for; what it throws ends the tour
     */
    public SiteLossTour(MailSite left, MailSite lost, Runnable check) {
        this.left = requireNonNull(left, "left is null");
        this.lost = requireNonNull(lost, "lost is null");
        this.check = requireNonNull(check, "check is null");
    }

    /**
     * Runs it and says what is seen.
     *
     * @return whether all users were served by the other site, and all are home again
     */
    public boolean run(Consumer<String> out) throws InterruptedException {
        try (GeoDb geoDb = CassandraGeoDb.connect(left.plan().geoDb())) {
            List<String> users =
                    lost.plan().proxyAccounts().stream().map(Account::name).toList();
            introduce(geoDb, left);
            introduce(geoDb, lost);
            String home = lost.plan().name();
            boolean good = until(() -> users.stream().allMatch(user -> isServed(lost, user)));
            out.accept("All users have a home in " + home + ": " + homes(geoDb, users));
            good &= until(() -> users.stream().allMatch(user -> isServed(left, user)));
            out.accept("Through the proxy of " + left.plan().name() + " they are served there, too, by way of " + home
                    + "'s load balancer.");
            long began = System.nanoTime();
            Set<Long> groups = processGroups();
            // What stands still when this program is ended could not end with it.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> signal("CONT", groups), "pombal-demo-continue"));
            signal("STOP", groups);
            out.accept("");
            out.accept("Now all of " + home + " stands still: proxy, backends, nodes, guardians.");
            try {
                good &= untilPhase(geoDb, home, FailoverPhase.DECLARED, began, out);
                good &= untilPhase(geoDb, home, FailoverPhase.ACTIVE, began, out);
                good &= until(() -> users.stream().allMatch(user -> isServed(left, user)));
                out.accept(
                        after(began) + "all users are served by " + left.plan().name() + ": " + homes(geoDb, users));
            } finally {
                signal("CONT", groups);
            }
            long back = System.nanoTime();
            out.accept("");
            out.accept("Now " + home + " goes on. Its guardians end what was served there before.");
            good &= untilPhase(geoDb, home, FailoverPhase.RECOVERING, back, out);
            good &= untilPhase(geoDb, home, FailoverPhase.NONE, back, out);
            good &= until(() -> users.stream().allMatch(user -> isServed(lost, user)));
            out.accept(after(back) + "all users are home: " + homes(geoDb, users));
            return good;
        }
    }

    private void introduce(GeoDb geoDb, MailSite site) {
        Site row = row(geoDb, site.plan().name());
        Cas<Site> outcome =
                await(geoDb.sites().update(row.withLoadBalancer(site.plan().proxyAddress(1))));
        if (!(outcome instanceof Cas.Applied)) {
            throw new IllegalStateException("the row of site " + row.name() + " is being changed by somebody else");
        }
    }

    private static Site row(GeoDb geoDb, String name) {
        return await(geoDb.sites().list()).stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isServed(MailSite by, String user) {
        String password = by.plan().proxyAccounts().stream()
                .filter(account -> account.name().equals(user))
                .map(Account::password)
                .findFirst()
                .orElseThrow();
        try (ImapClient imap =
                ImapClient.connect(by.plan().proxyAddress(1), by.plan().ports().of(Listener.IMAP), PATIENCE)) {
            imap.login(user, password);
            imap.select("INBOX");
            imap.logout();
            return true;
        } catch (MailException e) {
            return false;
        }
    }

    /** How many of the users each site has. */
    private static String homes(GeoDb geoDb, List<String> users) {
        List<Site> sites = await(geoDb.sites().list());
        List<String> counts = new ArrayList<>();
        for (Site site : sites) {
            long count = users.stream()
                    .map(user -> await(geoDb.users().find(new UserKey(user), ReadLevel.SERIAL)))
                    .flatMap(Optional::stream)
                    .map(User::home)
                    .filter(home -> home.site().equals(site.id()))
                    .count();
            counts.add(site.name() + " " + count);
        }
        return String.join(", ", counts);
    }

    private boolean untilPhase(GeoDb geoDb, String name, FailoverPhase phase, long began, Consumer<String> out)
            throws InterruptedException {
        Site site = row(geoDb, name);
        boolean reached = until(() -> {
            SiteFailover row = await(geoDb.siteFailovers().find(site.id(), ReadLevel.QUORUM));
            return row.phase() == phase;
        });
        out.accept(after(began) + "the failover of " + name + " is "
                + (reached ? phase.toString() : "not " + phase + ", which it should be"));
        return reached;
    }

    private static String after(long began) {
        return String.format(
                "%3d s  ", Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    private boolean until(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            check.run();
            if (System.nanoTime() > limit) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return true;
    }

    private Set<Long> processGroups() {
        Set<Long> groups = new HashSet<>();
        for (int number = 1; number <= lost.plan().proxies(); number++) {
            groups.addAll(lost.proxy(number).processGroups());
            groups.addAll(lost.node(number).processGroups());
        }
        for (int number = 1; number <= lost.plan().backends(); number++) {
            groups.addAll(lost.processGroupsOf(lost.plan().backendHost(number)));
        }
        return groups;
    }

    private static void signal(String name, Set<Long> groups) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, "--"));
        groups.forEach(group -> command.add("-" + group));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(GEODB_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name, e);
        } catch (InterruptedException e) {
            // It has been started all the same.
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(GEODB_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("GeoDB did not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking GeoDB", e);
        }
    }
}
