package org.pombal.controller.site;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pombal.controller.security.FirstToken;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.Outcome;
import org.pombal.operations.SiteOperations;
import org.pombal.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a new controller does once GeoDB is there: adds its site if it is to and there is none, and lets a first admin in. */
public final class Preparation implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Cluster cluster;
    private final Consumer<String> console;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-preparation");
        made.setDaemon(true);
        return made;
    });

    /** @param console is shown the one-time token */
    public Preparation(Settings settings, Cluster cluster, Consumer<String> console) {
        this.settings = requireNonNull(settings, "settings is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.console = requireNonNull(console, "console is null");
    }

    /** Begins, and tries until it is done. */
    public void start() {
        thread.execute(this::attempt);
    }

    private void attempt() {
        prepare().whenComplete((done, failure) -> {
            if (failure != null && !thread.isShutdown()) {
                log.debug("not prepared yet", failure);
                thread.schedule(this::attempt, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private CompletionStage<Void> prepare() {
        try {
            return prepared();
        } catch (RuntimeException e) {
            return failedFuture(e);
        }
    }

    private CompletionStage<Void> prepared() {
        return addSite()
                .thenCompose(done -> new FirstToken(cluster.geoDb(), cluster.clock()).makeIfNeeded())
                .thenAccept(made -> made.ifPresent(this::show));
    }

    private CompletionStage<Void> addSite() {
        String name = cluster.localSite();
        return cluster.geoDb().sites().list().thenCompose(sites -> {
            boolean known = sites.stream().anyMatch(site -> site.name().equals(name));
            if (known || !settings.get(ControllerSettings.INIT_SITE)) {
                if (!known) {
                    log.warn("there is no site '{}', which CLUSTER_SITE names: add it, or set INIT_SITE = yes", name);
                }
                return completedFuture(null);
            }
            return new SiteOperations(cluster, new Audit("the controller"))
                    .add(name, Optional.empty(), Optional.empty(), Optional.of(settings.get(ControllerSettings.DOMAIN)))
                    .thenAccept(outcome -> {
                        if (outcome instanceof Outcome.NotDone<?> notDone) {
                            log.warn(
                                    "site '{}' is not added: {}",
                                    name,
                                    notDone.obstacle().message());
                        }
                    });
        });
    }

    private void show(String token) {
        console.accept("No admin can come in yet. This token makes one other token, within an hour:");
        console.accept("");
        console.accept("  " + token);
        console.accept("");
        console.accept("as docs/controller.md shows: POST /api/v1/tokens with name, role and days.");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
