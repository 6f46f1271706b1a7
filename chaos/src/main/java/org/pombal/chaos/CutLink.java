package org.pombal.chaos;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pombal.chaos.history.ClientEvent;
import org.pombal.chaos.history.ClientEvent.Outcome;
import org.pombal.chaos.history.Judge;
import org.pombal.chaos.load.Observations;
import org.pombal.chaos.load.Regulars;
import org.pombal.chaos.recorder.Recorder;
import org.pombal.chaos.site.PairedSite;
import org.pombal.chaos.site.SitePair;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.server.Waiting;

/**
 * {@code script/chaos --sites}: cuts the link between two sites, joins it again, and judges by what mail clients, MTAs, operators
 * and the kernel saw. What must hold is in docs/sites.md.
 */
final class CutLink {

    /** Times that each regular must be served, by IMAP and by LMTP, before it goes on. */
    private static final int ROUNDS = 3;

    /** Dovecot gives up to connect to the other site after 30 s. */
    private static final Duration REFUSAL = Duration.ofSeconds(35);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOAD_FACTOR = 50;

    private final SitePair pair;
    private final SiteUsers users;
    private final Consumer<String> progress;
    private final Path recorder;
    private final Path recording;
    private final Observations regular = new Observations();
    private final Observations foreign = new Observations();
    private final List<String> faults = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "chaos-client"));

    /**
     * Prepares it.
     *
     * @param recorder the program that records sessions
     * @param recording gets what it prints
     */
    CutLink(SitePair pair, Path recorder, Path recording, Consumer<String> progress) {
        this.pair = requireNonNull(pair, "pair is null");
        this.users = new SiteUsers(pair);
        this.recorder = requireNonNull(recorder, "recorder is null");
        this.recording = requireNonNull(recording, "recording is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Settings of sites that act in seconds, and would fail each other over if they could. */
    static Map<String, String> settings(int timing) {
        return Map.of(
                "cluster_site_failover", "automatic",
                "cluster_site_check_interval", "1s",
                "cluster_site_check_timeout", "1s",
                "cluster_site_lost_after", "4s",
                "cluster_site_read_interval", "1s",
                "cluster_site_trust", 5 * timing + "s",
                "cluster_site_failover_wait", 20 * timing + "s",
                "cluster_site_recover_after", "3s",
                "cluster_report_interval", "1s");
    }

    /** What was not as it must be; nothing if all was. */
    List<String> faults() {
        try (Recorder sessions = Recorder.start(
                recorder, pair.mailMounts(), recording, overlap -> progress.accept("OVERLAP " + overlap))) {
            pair.start(progress);
            List<ImapClient> open = settle();
            long began = System.nanoTime();
            List<CompletableFuture<Void>> regulars = pair.sites().stream()
                    .map(site -> CompletableFuture.runAsync(regulars(site), threads))
                    .toList();
            await("the regulars are served", () -> everyRegularIsServedSince(began));
            pair.cut();
            progress.accept("the link is cut");
            whileItIsCut();
            pair.join();
            progress.accept("the link is whole");
            afterwards(open);
            threads.shutdownNow();
            regulars.forEach(CompletableFuture::join);
            judge(sessions);
            return faults;
        } finally {
            threads.shutdownNow();
            pair.powerOff();
        }
    }

    private Regulars regulars(PairedSite site) {
        return new Regulars(site.proxyAddress(), users.regulars(site), regular);
    }

    /** How the users of a site are served who come by the other. */
    private Regulars byTheOther(PairedSite site) {
        return new Regulars(pair.other(site).proxyAddress(), List.of(users.traveller(site)), foreign);
    }

    /** Everybody gets a home, and is known where the session comes in. */
    private List<ImapClient> settle() {
        List<ImapClient> open = new ArrayList<>();
        for (PairedSite site : pair.sites()) {
            Regulars home = new Regulars(site.proxyAddress(), users.of(site), new Observations());
            for (String user : users.of(site)) {
                await(user + " is served in " + site, () -> home.login(user));
            }
            open.add(home.session(users.regulars(site).get(0)));
        }
        for (PairedSite site : pair.sites()) {
            travel(site, "before the cut");
        }
        return open;
    }

    private void travel(PairedSite site, String when) {
        Regulars by = byTheOther(site);
        await("IMAP of " + site + " by the other site " + when, () -> by.login(users.traveller(site)));
        await("LMTP of " + site + " by the other site " + when, () -> by.deliver(users.traveller(site)));
    }

    private void whileItIsCut() {
        long cut = System.nanoTime();
        Observations refused = new Observations();
        List<CompletableFuture<Boolean>> tries = new ArrayList<>();
        for (PairedSite site : pair.sites()) {
            for (String user : List.of(users.traveller(pair.other(site)), SiteUsers.NEWCOMER)) {
                tries.addAll(visits(site, user, refused));
            }
        }
        pair.sites().forEach(this::changesItsOwn);
        for (PairedSite site : pair.sites()) {
            await(site + " says that it does not reach the other", () -> reachability(site)
                    .contains(site + "\t" + pair.other(site) + "\tno\t"));
        }
        await("the data centres miss each other", pair::dataCentresMissEachOther);
        progress.accept("the data centres miss each other");
        long missed = System.nanoTime();
        for (PairedSite site : pair.sites()) {
            tries.addAll(visits(site, SiteUsers.NEWCOMER, refused));
            refuses(site, "site", "failover", "start", pair.other(site).name());
        }
        tries.forEach(CompletableFuture::join);
        refused.events().forEach(this::judgeRefusal);
        await("the regulars are served when the data centres miss each other", () -> everyRegularIsServedSince(missed));
        progress.accept("%d sessions and deliveries of regulars since the cut"
                .formatted(regular.events().stream()
                        .filter(event -> event.end() - cut >= 0 && !event.failed())
                        .count()));
    }

    private List<CompletableFuture<Boolean>> visits(PairedSite site, String user, Observations seen) {
        Regulars visitor = new Regulars(site.proxyAddress(), List.of(), seen);
        return List.of(
                CompletableFuture.supplyAsync(() -> visitor.login(user), threads),
                CompletableFuture.supplyAsync(() -> visitor.deliver(user), threads));
    }

    private void judgeRefusal(ClientEvent event) {
        boolean asItMustBe =
                event.outcome() == Outcome.FAILED_FOR_NOW && event.end() - event.begin() <= REFUSAL.toNanos();
        progress.accept(shown(event));
        if (!asItMustBe) {
            faults.add("across the cut: " + shown(event));
        }
    }

    /** What is the site's own is written in its data centre. */
    private void changesItsOwn(PairedSite site) {
        try {
            site.cluster("backend", "update", "--load-factor", String.valueOf(LOAD_FACTOR), site.backendName());
        } catch (IllegalStateException e) {
            faults.add(site + " cannot change its own backend: " + e.getMessage());
        }
    }

    private static String shown(ClientEvent event) {
        return "%s of %s: %s after %.1f s %s"
                .formatted(
                        event.way(), event.user(), event.outcome(), (event.end() - event.begin()) / 1e9, event.text());
    }

    private boolean everyRegularIsServedSince(long time) {
        Map<String, Long> served = regular.events().stream()
                .filter(event -> event.begin() - time >= 0 && !event.failed())
                .collect(groupingBy(event -> event.user() + " " + event.way(), counting()));
        return pair.sites().stream()
                .flatMap(site -> users.regulars(site).stream())
                .flatMap(user -> Stream.of(user + " " + Regulars.IMAP, user + " " + Regulars.LMTP))
                .allMatch(what -> served.getOrDefault(what, 0L) >= ROUNDS);
    }

    /** It needs a majority of the data centres. */
    private void refuses(PairedSite site, String... words) {
        try {
            faults.add("without a majority " + site + " did " + List.of(words) + ": " + site.cluster(words));
        } catch (IllegalStateException e) {
            progress.accept(String.join(" ", words) + ", refused by " + site + ": " + reason(e));
        }
    }

    /** Without the command line. */
    private static String reason(IllegalStateException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.substring(Math.max(0, text.indexOf("exit code")));
    }

    private void afterwards(List<ImapClient> open) {
        for (PairedSite site : pair.sites()) {
            travel(site, "after the cut");
        }
        progress.accept("users are served by either site again");
        Regulars newcomer = new Regulars(pair.sites().get(0).proxyAddress(), List.of(), new Observations());
        await("the new user gets a home", () -> newcomer.login(SiteUsers.NEWCOMER));
        await("both sites say that they reach each other", () -> pair.sites().stream()
                .allMatch(site -> reachability(site)
                                .lines()
                                .filter(line -> line.contains("\tyes\t"))
                                .count()
                        == 2));
        for (PairedSite site : pair.sites()) {
            if (!failovers(site).lines().allMatch(line -> line.contains("\tnone\t0\t"))) {
                faults.add("a site was failed over, says " + site + ": " + failovers(site));
            }
        }
        Map<String, String> views = new LinkedHashMap<>();
        boolean agree = Waiting.upTo(PATIENCE, () -> {
            pair.sites().forEach(site -> views.put(site.name(), view(site)));
            return views.values().stream().distinct().count() == 1
                    && views.values().iterator().next().split("\t" + LOAD_FACTOR + "\t", -1).length == 3;
        });
        progress.accept(agree ? "both sites agree" : "THE SITES DO NOT AGREE");
        if (!agree) {
            faults.add("the sites do not agree: " + views);
        }
        for (ImapClient session : open) {
            try (session) {
                session.select("INBOX");
            } catch (MailException e) {
                faults.add("a session from before the cut has ended: " + e.getMessage());
            }
        }
    }

    private String failovers(PairedSite site) {
        return site.cluster("site", "failover", "list").lines().skip(1).collect(joining("\n"));
    }

    private static String reachability(PairedSite site) {
        return site.cluster("site", "reachability", "list");
    }

    /** What a site says of everything that both must know. */
    private String view(PairedSite site) {
        return Stream.of(List.of("site", "list"), List.of("backend", "list"), List.of("user", "list", "*"))
                .flatMap(words ->
                        site.cluster(words.toArray(String[]::new)).lines().sorted())
                .collect(joining("\n"));
    }

    private void judge(Recorder sessions) {
        sessions.failure().ifPresent(faults::add);
        sessions.overlaps().forEach(overlap -> faults.add("overlap: " + overlap));
        if (sessions.begun().isEmpty()) {
            faults.add("the recorder has seen no session");
        }
        regular.events().stream()
                .filter(event -> event.outcome() != Outcome.SERVED)
                .forEach(event -> faults.add("at home: " + shown(event)));
        Map<String, Integer> delivered = new LinkedHashMap<>(regular.deliveries());
        foreign.deliveries().forEach((user, count) -> delivered.merge(user, count, Integer::sum));
        for (PairedSite site : pair.sites()) {
            faults.addAll(Judge.lost(delivered, Mailboxes.messages(site.proxyAddress(), delivered.keySet())));
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        if (!Waiting.upTo(PATIENCE, condition)) {
            throw new IllegalStateException("not within " + PATIENCE.toSeconds() + " s: " + what);
        }
    }
}
