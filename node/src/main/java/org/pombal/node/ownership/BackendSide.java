package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;
import org.pombal.node.guardian.BootClock;
import org.pombal.node.guardian.BootId;
import org.pombal.node.guardian.GuardedProcess;
import org.pombal.node.guardian.GuardianControl;
import org.pombal.node.guardian.GuardianFolder;
import org.pombal.node.guardian.GuardianListener;
import org.pombal.node.guardian.GuardianReport;
import org.pombal.node.guardian.GuardianState;
import org.pombal.node.guardian.TrustFile;
import org.pombal.node.session.FlushHook;
import org.pombal.node.session.ProcessId;
import org.pombal.node.session.SessionBook;
import org.pombal.node.session.SessionJournal;
import org.pombal.node.session.SessionKicks;
import org.pombal.node.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a backend's part in the ownership protocol into being as soon as all is there that it needs: the guardian, the backend's row in
 * GeoDB, and the knowledge of whose the processes are that live on from before. Until then it says what is missing.
 */
public final class BackendSide implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackendSide.class);
    private static final long AGAIN = Duration.ofMillis(100).toNanos();

    private final OwnershipLoop loop;
    private final OwnershipSetup setup;
    private final Parts parts;
    private final Consumer<Ownership> ready;
    private final Timer timer;
    private @Nullable FileLock lock;
    private volatile @Nullable GuardedDovecot dovecot;
    private boolean listing;
    private @Nullable List<GuardedProcess> listed;
    private volatile @Nullable Ownership ownership;
    private volatile Optional<String> missing = Optional.of("the node has just started");
    private volatile @Nullable BackendId served;

    /**
     * What it needs.
     *
     * @param self the name of this backend in GeoDB
     * @param stateDir where the node keeps what its next process has to know
     * @param control makes the guardian's control
     */
    public record Parts(
            GeoDb geoDb,
            Topology topology,
            HostName self,
            String machine,
            Path stateDir,
            GuardianFolder guardian,
            BootClock clock,
            BootId boot,
            Function<GuardianListener, GuardianControl> control,
            FlushHook flush,
            Electors electors,
            Proofs proofs,
            Neighbors neighbors,
            UnknownPlaces places,
            ForcedMoves forced) {}

    /** @param ready is told, on the loop, when users may arrive */
    public BackendSide(OwnershipLoop loop, OwnershipSetup setup, Parts parts, Consumer<Ownership> ready) {
        this.loop = requireNonNull(loop, "loop is null");
        this.setup = requireNonNull(setup, "setup is null");
        this.parts = requireNonNull(parts, "parts is null");
        this.ready = requireNonNull(ready, "ready is null");
        this.timer = loop.timer(this::prepare);
    }

    /**
     * Begins.
     *
     * @throws IOException if another process of this node runs with the same state folder, or the folder cannot be used
     */
    public void start() throws IOException {
        lock = lock(parts.stateDir());
        loop.execute(this::prepare);
    }

    private static FileLock lock(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return taken;
            }
        } catch (OverlappingFileLockException e) {
            log.debug("locked by this process", e);
        }
        channel.close();
        throw new IOException(
                file + " is locked: another node runs with the same cluster_state_dir; one machine has one node");
    }

    /** Why nobody is served; empty if users are. */
    public Optional<String> obstacle() {
        Ownership current = ownership;
        return current == null ? missing : current.status().obstacle();
    }

    /** Dovecot as the guardian runs it; empty if it is not to serve now. */
    public Optional<GuardianReport> serving() {
        GuardedDovecot guarded = dovecot;
        return guarded == null || obstacle().isPresent()
                ? Optional.empty()
                : guarded.report().filter(report -> report.state() == GuardianState.SERVING && report.dovecotPid() > 0);
    }

    /** Kills all of Dovecot. It is started again when the lease is renewed. */
    public void killDovecot() {
        loop.execute(() -> {
            GuardedDovecot guarded = dovecot;
            if (guarded != null) {
                guarded.withdraw();
            }
        });
    }

    /** Empty before users may arrive. */
    public Optional<Ownership> ownership() {
        return Optional.ofNullable(ownership);
    }

    /** Decides about somebody who wants in. */
    public CompletionStage<Arrival.Outcome> arrive(Arrival arrival) {
        Ownership current = ownership;
        if (current == null) {
            arrival.decide(new Arrival.Outcome.Refused(missing.orElse("the node is not ready")));
            return arrival.outcome();
        }
        return current.arrive(arrival);
    }

    public void arrivedElsewhere(GroupId group, UserKey user) {
        ownership().ifPresent(current -> current.arrivedElsewhere(group, user));
    }

    /** Rows of groups were read. */
    public void groupsSeen(Collection<UserGroup> rows) {
        ownership().ifPresent(current -> current.groupsSeen(rows));
    }

    /** It was proven that this incarnation of another backend is over. */
    public void over(BackendId backend, long incarnation) {
        ownership().ifPresent(current -> current.over(backend, incarnation));
    }

    private void prepare() {
        if (ownership == null) {
            missing = Optional.of(step());
        } else if (isAnother()) {
            throw new IllegalStateException("backend " + parts.self()
                    + " has another id in GeoDB than the one it serves under; the next process takes that");
        }
        timer.arm(loop.now() + AGAIN);
    }

    /** @return what is missing */
    private String step() {
        if (dovecot == null) {
            try {
                connect();
            } catch (IOException e) {
                return "the guardian, which has to run Dovecot on a backend, is not there: " + e.getMessage();
            }
        }
        GuardedDovecot guarded = requireNonNull(dovecot);
        Optional<String> away = guarded.obstacle();
        if (away.isPresent()) {
            return away.get();
        }
        Optional<Backend> backend = parts.topology().backend(parts.self());
        if (backend.isEmpty()) {
            return "backend " + parts.self() + " (cluster_backend_name) is not in GeoDB, or GeoDB has not answered yet";
        }
        if (listed == null) {
            list(guarded);
            return "the guardian has not listed Dovecot's processes yet";
        }
        try {
            begin(guarded, backend.get().id(), requireNonNull(listed));
            return "";
        } catch (IOException e) {
            return "the session journal cannot be written: " + e;
        }
    }

    private void connect() throws IOException {
        TrustFile trust = TrustFile.open(parts.guardian().trust(), parts.clock());
        dovecot = new GuardedDovecot(trust, parts.control(), this::guardChanged, this::processGone);
    }

    private void list(GuardedDovecot guarded) {
        if (!listing) {
            listing = true;
            loop.ask(guarded.list(), (processes, failure) -> {
                listing = false;
                listed = processes;
                prepare();
            });
        }
    }

    private void begin(GuardedDovecot guarded, BackendId id, List<GuardedProcess> processes) throws IOException {
        SessionJournal journal = new SessionJournal(
                parts.stateDir().resolve("sessions"), parts.boot().toString());
        Optional<List<SessionJournal.Entry>> known = journal.open();
        SessionBook book = new SessionBook(journal, guarded);
        if (known.isPresent()) {
            book.resume(known.get());
        } else {
            for (GuardedProcess process : processes) {
                if (MailPrograms.mayOpenMailboxes(process.name())) {
                    book.foundOlder(process.id());
                }
            }
        }
        if (book.processCount() > 0) {
            log.info(
                    "{} processes serve users from before this node's start, of {} of them nobody knows whom",
                    book.processCount(),
                    book.olderProcesses().size());
        }
        Ownership made = new Ownership(
                setup,
                new Ownership.Parts(
                        loop,
                        parts.geoDb(),
                        parts.topology(),
                        id,
                        parts.machine(),
                        new HeldIncarnation(
                                parts.stateDir().resolve("lease"), parts.boot().toString()),
                        new KeptTerm(
                                parts.stateDir().resolve("site-term"),
                                parts.boot().toString()),
                        guarded,
                        book,
                        new SessionKicks(book, guarded),
                        parts.flush(),
                        parts.electors(),
                        parts.proofs(),
                        parts.neighbors(),
                        parts.places(),
                        parts.forced()));
        served = id;
        ownership = made;
        made.start();
        ready.accept(made);
    }

    private void guardChanged() {
        Ownership current = ownership;
        if (current != null) {
            current.guardChanged();
        } else {
            loop.execute(this::prepare);
        }
    }

    private void processGone(ProcessId process) {
        // Not before what is being begun has begun: it is told of some that are gone already.
        loop.later(() -> ownership().ifPresent(current -> current.processGone(process)));
    }

    /** Whether GeoDB knows this backend by another id than that under which it serves. */
    private boolean isAnother() {
        BackendId known = served;
        return known != null
                && parts.topology()
                        .backend(parts.self())
                        .filter(backend -> !backend.id().equals(known))
                        .isPresent();
    }

    /** Lets go of the guardian; the lease and Dovecot's sessions go on, for the next process of this node. */
    @Override
    public void close() {
        loop.execute(() -> {
            timer.disarm();
            GuardedDovecot guarded = dovecot;
            if (guarded != null) {
                guarded.close();
            }
        });
        FileLock taken = lock;
        if (taken != null) {
            try {
                taken.channel().close();
            } catch (IOException e) {
                log.debug("closing the lock file", e);
            }
        }
    }
}
