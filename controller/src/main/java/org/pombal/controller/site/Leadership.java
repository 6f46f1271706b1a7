package org.pombal.controller.site;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.DutyCandidate;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.lease.LeaseSight;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.Site;
import org.pombal.operations.Cluster;
import org.pombal.operations.FeatureOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a site's controllers acts: the one that holds a lease in GeoDB. Carries out what {@link DutyCandidate} wants, on a thread of
 * its own.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final Duration SITE_PAUSE = Duration.ofSeconds(1);
    private static final Duration GIVE_BACK_LIMIT = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final String name;
    private final CountDownLatch givenBack = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-leadership");
        made.setDaemon(true);
        return made;
    });

    private volatile @Nullable Candidacy candidacy;
    private final LeaseSight watched = new LeaseSight(OwnershipTimings.DEFAULT.breakWindow());

    /** @param name who this controller is, for people */
    public Leadership(Cluster cluster, String name) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.name = requireNonNull(name, "name is null");
    }

    /** Begins to compete as soon as GeoDB knows the site. */
    public void start() {
        later(() -> findSite(this::compete), Duration.ZERO);
    }

    /** Only looks who acts, and never does itself: for a process that could not, as one that only answers requests. */
    public void watch() {
        later(() -> findSite(this::look), Duration.ZERO);
    }

    /** Whether this controller is the one that acts. */
    public boolean isHeld() {
        Candidacy current = candidacy;
        return current != null && current.isHeld();
    }

    /** The controller that acts, as far as is known. */
    public Optional<String> leader() {
        Candidacy current = candidacy;
        if (current != null) {
            return current.leader();
        }
        synchronized (watched) {
            return watched.holder(System.nanoTime());
        }
    }

    private void findSite(Consumer<Site> found) {
        asked(() -> cluster.geoDb().sites().list())
                .whenComplete((sites, failure) -> later(
                        () -> {
                            Optional<Site> own = sites == null
                                    ? Optional.empty()
                                    : sites.stream()
                                            .filter(site -> site.name().equals(cluster.localSite()))
                                            .findFirst();
                            own.ifPresentOrElse(found, () -> later(() -> findSite(found), SITE_PAUSE));
                        },
                        Duration.ZERO));
    }

    private void compete(Site site) {
        Candidacy made = new Candidacy(new LeaseId.OfDuty(site.id(), FeatureOperations.CONTROLLER_DUTY));
        candidacy = made;
        made.happened(new LeaseEvent.Tick());
    }

    private void look(Site site) {
        LeaseId duty = new LeaseId.OfDuty(site.id(), FeatureOperations.CONTROLLER_DUTY);
        asked(() -> cluster.geoDb().leases().find(duty, ReadLevel.QUORUM)).whenComplete((lease, failure) -> {
            if (lease != null) {
                synchronized (watched) {
                    watched.saw(lease, System.nanoTime());
                }
            }
            later(() -> look(site), SITE_PAUSE);
        });
    }

    /** An answer also if even asking failed: what waits for it goes on. */
    private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return failedFuture(e);
        }
    }

    private void later(Runnable task, Duration pause) {
        try {
            thread.schedule(() -> guarded(task), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the controller stops", e);
        }
    }

    /** The executor would say nothing of an error. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a step of the controller's leadership failed", e);
        }
    }

    /** Gives the duty back, so that another controller need not wait, and ends. */
    @Override
    public void close() {
        Candidacy current = candidacy;
        if (current != null) {
            later(() -> current.happened(new LeaseEvent.ReleaseAsked()), Duration.ZERO);
            try {
                if (!givenBack.await(GIVE_BACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn(
                            "the lease of the site's controller could not be given back: another waits until it is stale");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread.shutdownNow();
    }

    /** For one site. What changes is only touched on the thread. */
    private final class Candidacy {

        private final LeaseId id;
        private final DutyCandidate candidate;
        private volatile boolean wasHeld;
        private long tickAt = Long.MAX_VALUE;

        Candidacy(LeaseId.OfDuty id) {
            this.id = id;
            this.candidate = new DutyCandidate(
                    new LeaseOwner(id, name, UUID.randomUUID(), OptionalLong.empty()), OwnershipTimings.DEFAULT);
        }

        synchronized boolean isHeld() {
            return candidate.isHeld(System.nanoTime());
        }

        synchronized Optional<String> leader() {
            return candidate.heldBy(System.nanoTime());
        }

        void happened(LeaseEvent event) {
            List<LeaseAction> actions;
            synchronized (this) {
                actions = candidate.onEvent(System.nanoTime(), event);
            }
            try {
                actions.forEach(this::perform);
                tellChange();
                if (candidate.isWithdrawn()) {
                    givenBack.countDown();
                }
            } finally {
                armTick();
            }
        }

        private void tellChange() {
            boolean held = isHeld();
            if (held != wasHeld) {
                wasHeld = held;
                log.atInfo()
                        .addKeyValue("event", "cluster_controller_leader")
                        .log(
                                held ? "{} acts for site {} now" : "{} does not act for site {} any more",
                                name,
                                cluster.localSite());
            }
        }

        private void armTick() {
            long next = candidate.nextTick();
            if (next != Long.MAX_VALUE && next != tickAt) {
                tickAt = next;
                later(
                        () -> {
                            if (tickAt == next) {
                                tickAt = Long.MAX_VALUE;
                                happened(new LeaseEvent.Tick());
                            }
                        },
                        Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        }

        private void perform(LeaseAction action) {
            if (action instanceof LeaseAction.Read read) {
                answered(
                        asked(() -> cluster.geoDb()
                                        .leases()
                                        .find(id, read.serial() ? ReadLevel.SERIAL : ReadLevel.QUORUM))
                                .thenApply(row -> new LeaseEvent.Read(row, read.serial())),
                        new LeaseEvent.ReadFailed());
            } else if (action instanceof LeaseAction.Write write) {
                answered(
                        asked(() -> cluster.geoDb().leases().replace(write.expected(), write.next()))
                                .thenApply(Candidacy::outcome),
                        new LeaseEvent.Unknown());
            }
        }

        private void answered(CompletionStage<? extends LeaseEvent> answer, LeaseEvent otherwise) {
            answer.whenComplete(
                    (event, failure) -> later(() -> happened(event == null ? otherwise : event), Duration.ZERO));
        }

        private static LeaseEvent outcome(Cas<Lease> outcome) {
            return outcome instanceof Cas.Applied<Lease> applied
                    ? new LeaseEvent.Written(applied.row())
                    : new LeaseEvent.Lost(((Cas.Lost<Lease>) outcome).current());
        }
    }
}
