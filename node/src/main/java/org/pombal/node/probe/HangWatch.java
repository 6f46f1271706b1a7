package org.pombal.node.probe;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pombal.model.probe.HangJudge;
import org.pombal.model.probe.HangJudge.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes Dovecot from time to time, reports when it hangs, and has it killed if that is wanted: then the guardian starts it again. */
public final class HangWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HangWatch.class);

    private final Setup setup;
    private final Parts parts;
    private final DovecotProbe probe;
    private final HangJudge judge;
    private final Gauge hangs;
    private final Counter probes;
    private final Counter failed;
    private final Counter killed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "pombal-probe");
        made.setDaemon(true);
        return made;
    });
    private Verdict before = Verdict.UNKNOWN;
    private volatile Optional<String> obstacle = Optional.empty();

    /**
     * How it is done.
     *
     * @param interval from the end of a probe to the next
     * @param timeout for each part of Dovecot
     * @param failures how many probes must fail one after another
     * @param kills whether a Dovecot that hangs is killed
     */
    public record Setup(Duration interval, Duration timeout, int failures, boolean kills) {

        public Setup {
            requireNonNull(interval, "interval is null");
            requireNonNull(timeout, "timeout is null");
        }
    }

    /**
     * A Dovecot that serves.
     *
     * @param run tells this run from the next
     * @param master its master process
     */
    public record Running(long run, int master) {}

    /**
     * What it needs.
     *
     * @param running empty while Dovecot is not to serve
     * @param auth a socket of Dovecot's auth process, on which it speaks first
     * @param imap where its clients connect without TLS; empty if it is not known, or there is nothing but TLS
     * @param kill kills all of Dovecot
     */
    public record Parts(
            Supplier<Optional<Running>> running, Path auth, Supplier<Optional<InetSocketAddress>> imap, Runnable kill) {

        public Parts {
            requireNonNull(running, "running is null");
            requireNonNull(auth, "auth is null");
            requireNonNull(imap, "imap is null");
            requireNonNull(kill, "kill is null");
        }
    }

    public HangWatch(Setup setup, Parts parts, PrometheusRegistry registry) {
        this.setup = requireNonNull(setup, "setup is null");
        this.parts = requireNonNull(parts, "parts is null");
        this.probe = new DovecotProbe(parts.auth(), parts.imap(), setup.timeout());
        this.judge = new HangJudge(setup.failures());
        this.hangs = Gauge.builder()
                .name("pombal_dovecot_hangs")
                .help("1 while the Dovecot beside this node does not answer any more")
                .register(registry);
        this.probes = Counter.builder()
                .name("pombal_dovecot_probes")
                .help("Probes of the Dovecot beside this node")
                .register(registry);
        this.failed = Counter.builder()
                .name("pombal_dovecot_probe_failures")
                .help("Probes of the Dovecot beside this node that failed")
                .register(registry);
        this.killed = Counter.builder()
                .name("pombal_dovecot_kills")
                .help("How often the Dovecot beside this node was killed because it hung")
                .register(registry);
    }

    public void start() {
        long nanos = setup.interval().toNanos();
        thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** How Dovecot hangs; empty if it does not, as far as is known. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    private void look() {
        try {
            Optional<Running> running = parts.running().get();
            if (running.isEmpty()) {
                judge.stopped();
                note();
                return;
            }
            probes.inc();
            judge.probed(probe.look(running.get().run(), running.get().master()));
            // What was killed meanwhile did not hang.
            if (!parts.running().get().equals(running)) {
                judge.stopped();
            }
            note();
        } catch (RuntimeException e) {
            log.error("internal error while looking at Dovecot", e);
        }
    }

    private void note() {
        Verdict now = judge.verdict();
        String reasons = String.join("; ", judge.reasons());
        if (now == Verdict.FAILS || now == Verdict.HANGS) {
            failed.inc();
        }
        if (now == Verdict.HANGS && before != Verdict.HANGS) {
            log.atError()
                    .addKeyValue("event", "cluster_dovecot_hangs")
                    .addKeyValue("probes", judge.failures())
                    .log("Dovecot hangs: {}", reasons);
        } else if (before == Verdict.HANGS && now == Verdict.ANSWERS) {
            log.atInfo().addKeyValue("event", "cluster_dovecot_answers").log("Dovecot answers again");
        } else if (now == Verdict.FAILS && before == Verdict.ANSWERS) {
            log.warn("a probe of Dovecot failed: {}", reasons);
        }
        before = now;
        hangs.set(now == Verdict.HANGS ? 1 : 0);
        obstacle = now == Verdict.HANGS ? Optional.of("Dovecot hangs: " + reasons) : Optional.empty();
        if (now == Verdict.HANGS && setup.kills()) {
            log.warn("killing Dovecot, since it hangs (cluster_kill_hung_dovecot)");
            killed.inc();
            judge.stopped();
            parts.kill().run();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
