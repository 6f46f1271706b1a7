package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.session.ProcessId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file by which the node tells the guardian until when Dovecot may serve, and the guardian tells what became of it. It is followed
 * when the guardian makes another one. Where it cannot be written, as while it is cut short, trust ends by itself; that is logged, and
 * {@link #report} says what the guardian makes of it. May be used by any thread; a call takes some microseconds.
 */
public final class TrustFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrustFile.class);

    /** A guardian that uses a file looks at it each 0.1 s. */
    private static final long SILENCE = Duration.ofMillis(500).toNanos();

    private final Path path;
    private final BootId boot;
    private final BootClock clock;
    private final ReportReader reader;
    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final OtherProcesses others;
    private TrustMapping file;
    private boolean written;
    private long beatThen;
    private long until;

    private TrustFile(Path path, BootId boot, BootClock clock) throws IOException {
        this.path = path;
        this.boot = boot;
        this.clock = clock;
        this.reader = new ReportReader(boot);
        this.file = TrustMapping.of(path);
        this.others = new OtherProcesses(file);
    }

    /**
     * Opens the file that the guardian has made. What it says stays in force until {@link #trustUntil} or {@link #withdraw}.
     *
     * @throws IOException if there is none, it may not be used, or the guardian speaks another version; says which file and what to do
     */
    public static TrustFile open(Path path, BootClock clock) throws IOException {
        return open(path, BootId.ofThisMachine(), clock);
    }

    static TrustFile open(Path path, BootId boot, BootClock clock) throws IOException {
        TrustFile opened = new TrustFile(requireNonNull(path, "path is null"), boot, requireNonNull(clock));
        Optional<Long> version = ReportReader.version(opened.file);
        if (version.isPresent() && version.get() != GuardianFolder.PROTOCOL_VERSION) {
            opened.close();
            throw new IOException("the guardian that writes " + path + " speaks version " + version.get()
                    + ", this node version " + GuardianFolder.PROTOCOL_VERSION + ": install both from one release");
        }
        return opened;
    }

    /**
     * Lets Dovecot serve until then, whatever was said before.
     *
     * @param bootNanos by the {@link BootClock}; not further away than the guardian's {@code --max-trust}, 60 s
     */
    public synchronized void trustUntil(long bootNanos) {
        if (bootNanos <= 0) {
            throw new IllegalArgumentException(bootNanos + " is not a time after the machine's start");
        }
        write(bootNanos);
    }

    /** Has Dovecot killed within 0.1 s, if it runs. */
    public synchronized void withdraw() {
        write(0);
    }

    /**
     * Has the process killed whenever Dovecot is, though it is not below the guardian. Does nothing if it is named already.
     *
     * @return false if no more can be named; then it must not be let in
     */
    public synchronized boolean addOther(ProcessId process) {
        return isUsable() && others.add(file, process);
    }

    /** The process has ended, or has nothing open any more. */
    public synchronized void removeOther(ProcessId process) {
        others.remove(file, isUsable(), process);
    }

    /** The processes that are named, also by an earlier process of this node. */
    public synchronized Set<ProcessId> others() {
        return others.all();
    }

    /** What the guardian says; empty if none has said anything since the machine was started, or it was killed while it wrote. */
    public synchronized Optional<GuardianReport> report() {
        return isUsable() ? reader.read(file) : Optional.empty();
    }

    /**
     * Whether it is proved that nothing of Dovecot is left, nor any process that was named. Then it stays so until trust is given again.
     * Never while trust that this process gave is in force, nor before this process has given or withdrawn any.
     */
    public synchronized boolean allGone() {
        return written
                && clock.now() > until
                && report().filter(report -> report.provesAllGone(beatThen, until))
                        .isPresent()
                // The guardian leaves alone what is not Dovecot's program, and knows nobody while the file is cut
                // short.
                && others.all().stream().noneMatch(ProcessId::isAlive);
    }

    private void write(long trustedUntil) {
        if (isUsable()) {
            put(trustedUntil);
        }
    }

    private void put(long trustedUntil) {
        if (file.read(TrustLayout.TRUST + TrustLayout.MAGIC) != TrustLayout.TRUST_MAGIC) {
            others.writeAll(file);
        }
        // An earlier process of this node may have been killed while it wrote: then the number is odd already.
        long sequence = file.read(TrustLayout.TRUST + TrustLayout.SEQUENCE) | 1;
        file.write(TrustLayout.TRUST + TrustLayout.SEQUENCE, sequence);
        file.write(TrustLayout.TRUST + TrustLayout.MAGIC, TrustLayout.TRUST_MAGIC);
        file.write(TrustLayout.TRUST + TrustLayout.VERSION, GuardianFolder.PROTOCOL_VERSION);
        file.write(TrustLayout.TRUST + TrustLayout.BOOT_ID, TrustLayout.first(boot));
        file.write(TrustLayout.TRUST + TrustLayout.BOOT_ID_REST, TrustLayout.rest(boot));
        file.write(TrustLayout.TRUSTED_UNTIL, trustedUntil);
        file.write(TrustLayout.TRUST + TrustLayout.SEQUENCE, sequence + 1);
        // What was written must be there to be seen before the guardian's beat is read.
        VarHandle.fullFence();
        written = true;
        beatThen = file.read(TrustLayout.BEAT);
        until = trustedUntil;
    }

    private boolean isUsable() {
        try {
            follow();
            if (file.isWhole()) {
                return true;
            }
            problems.warn("the trust file {} was cut short; the guardian kills Dovecot and makes it whole again", path);
        } catch (IOException e) {
            problems.warn("cannot use the trust file {}: {}", path, e.toString());
        }
        return false;
    }

    /** The guardian stays with a file that was removed while it is trusted by it, and then makes another. */
    private void follow() throws IOException {
        if (stands() || isUsedByGuardian()) {
            return;
        }
        TrustMapping next;
        try {
            next = TrustMapping.of(path);
        } catch (IOException e) {
            problems.warn("the trust file that was open was removed: {}", e.toString());
            return;
        }
        log.info("the guardian has made another trust file {}", path);
        file.close();
        file = next;
        others.writeAll(file);
        if (written) {
            put(until);
        }
    }

    private boolean stands() {
        try {
            return TrustMapping.identityOf(path).equals(file.identity());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isUsedByGuardian() {
        return reader.read(file)
                .filter(report -> clock.now() - report.beat() < SILENCE)
                .isPresent();
    }

    /** Leaves what was written as it is. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
