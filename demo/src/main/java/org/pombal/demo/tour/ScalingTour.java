package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pombal.demo.server.PombalController;
import org.pombal.demo.server.Waiting;
import org.pombal.demo.site.MailSite;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.HostMetric;

/** Load rises and falls; the controller has backends started and stopped. */
public final class ScalingTour {

    private static final int FEW = 10;

    /** With so much of its share of all sessions a backend has begun to take its part. */
    private static final double ENOUGH = 0.6;

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int GEODB_SECONDS = 20;

    private final MailSite site;
    private final PombalController controller;
    private final String token;
    private final int most;
    private final Runnable check;
    private final long began = System.nanoTime();
    private String shown = "";

    /**
     * A tour of a site that runs.
     *
     * @param token of an operator
     * @param most how many backends the controller may have
     * @param check is run again and again while something is waited for; what it throws ends the tour
     */
    public ScalingTour(MailSite site, PombalController controller, String token, int most, Runnable check) {
        this.site = requireNonNull(site, "site is null");
        this.controller = requireNonNull(controller, "controller is null");
        this.token = requireNonNull(token, "token is null");
        this.most = most;
        this.check = requireNonNull(check, "check is null");
    }

    /**
     * Runs it and says what is seen.
     *
     * @return whether there were as many backends as the load needed, each with sessions of its own, and no login failed
     */
    public boolean run(Consumer<String> out) {
        try (GeoDb geoDb = CassandraGeoDb.connect(site.plan().geoDb());
                Crowd crowd = new Crowd(site)) {
            for (String feature : List.of("load-balancing", "autoscaling")) {
                controller.ask(
                        "PUT", "/sites/" + site.plan().name() + "/features/" + feature, "{\"state\": \"on\"}", token);
            }
            crowd.size(FEW);
            int all = site.plan().proxyAccounts().size();
            boolean good = until(geoDb, crowd, out, FEW + " users have a session", backends -> crowd.connected() == FEW)
                    && comeAndGo(geoDb, crowd, out, all);
            say(out, "of all logins " + crowd.refused() + " failed");
            return good && crowd.refused() == 0;
        }
    }

    private boolean comeAndGo(GeoDb geoDb, Crowd crowd, Consumer<String> out, int all) {
        int atFirst = site.plan().backends();
        say(out, all + " users come");
        crowd.size(all);
        if (!until(
                geoDb,
                crowd,
                out,
                "each of " + most + " backends has its part of the sessions",
                backends -> backends.size() == most
                        && backends.stream().allMatch(one -> one.sessions() >= ENOUGH * all / most))) {
            return false;
        }
        say(out, (all - FEW) + " users go");
        crowd.size(FEW);
        return until(
                geoDb,
                crowd,
                out,
                atFirst + " backends have the " + FEW + " sessions",
                backends -> backends.size() == atFirst && crowd.connected() == FEW);
    }

    /** @param sessions as its node counted them last */
    private record Served(Backend backend, long sessions) {

        @Override
        public String toString() {
            String how = backend.takesNewGroups()
                    ? ""
                    : backend.loadFactor().percent() == 0 ? ", being emptied" : ", " + backend.status();
            return backend.host() + " (" + sessions + how + ")";
        }
    }

    /** Something about the backends that is waited for. */
    private interface Wanted {
        boolean holds(List<Served> backends);
    }

    /** @param what it is, for the message that it was waited for in vain */
    private boolean until(GeoDb geoDb, Crowd crowd, Consumer<String> out, String what, Wanted wanted) {
        boolean reached = Waiting.upTo(LONGEST, () -> {
            check.run();
            List<Served> backends = backends(geoDb);
            String line = crowd.size() + " users; sessions: "
                    + backends.stream().map(Served::toString).collect(joining(", "));
            // Sessions come one by one; what is worth a line is who is there, and how.
            String key = line.replaceAll("\\([0-9]+", "(");
            boolean holds = wanted.holds(backends);
            if (holds || !key.equals(shown)) {
                shown = key;
                say(out, line);
            }
            return holds;
        });
        if (!reached) {
            say(out, "waited " + LONGEST.toSeconds() + " s in vain until " + what);
        }
        return reached;
    }

    private List<Served> backends(GeoDb geoDb) {
        Site row = await(geoDb.sites().list()).get(0);
        Map<BackendId, Double> sessions = new HashMap<>();
        await(geoDb.backendLoads().list(row.id()))
                .forEach(load -> sessions.put(load.backend(), load.host().getOrDefault(HostMetric.SESSIONS, 0.0)));
        return await(geoDb.backends().list(row.id())).stream()
                .map(backend -> new Served(backend, Math.round(sessions.getOrDefault(backend.id(), 0.0))))
                .toList();
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(GEODB_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("GeoDB does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking GeoDB", e);
        }
    }

    private void say(Consumer<String> out, String line) {
        out.accept(String.format(Locale.ROOT, "%4d s  %s", (System.nanoTime() - began) / 1_000_000_000, line));
    }
}
