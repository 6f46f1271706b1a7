package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.ServerAddress;

/** A mail client as users have it: it idles in INBOX, and when its session ends it logs in again at once. */
final class IdleUser implements Runnable {

    /** Longer than the 10 s for which a login may be held, and than a proxy's wait for a dead backend. */
    private static final Duration ANSWER = Duration.ofSeconds(40);

    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** Between a refusal and the next try. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final String password;
    private final ServerAddress server;
    private final Consumer<Outage> outages;
    private volatile boolean isStopped;
    private volatile boolean isIdle;
    private volatile @Nullable ImapClient connection;
    private long lostAt;
    private boolean wasIn;
    private int refused;

    /** @param outages is told of each that has ended, from several threads */
    IdleUser(String name, String password, ServerAddress server, Consumer<Outage> outages) {
        this.name = requireNonNull(name, "name is null");
        this.password = requireNonNull(password, "password is null");
        this.server = requireNonNull(server, "server is null");
        this.outages = requireNonNull(outages, "outages is null");
    }

    String name() {
        return name;
    }

    /** Whether a session stands and is idle. */
    boolean isIdle() {
        return isIdle;
    }

    @Override
    public void run() {
        while (!isStopped) {
            try (ImapClient imap = ImapClient.connect(server.host(), server.port(), ANSWER)) {
                connection = imap;
                if (!isStopped) {
                    session(imap);
                }
            } catch (MailException e) {
                refused++;
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void session(ImapClient imap) {
        imap.login(name, password);
        if (wasIn) {
            outages.accept(new Outage(lostAt, System.nanoTime(), refused));
        }
        wasIn = true;
        refused = 0;
        try {
            imap.select("INBOX");
            imap.idle(() -> isIdle = true, SILENCE);
        } finally {
            lostAt = System.nanoTime();
            isIdle = false;
        }
    }

    void stop() {
        isStopped = true;
        ImapClient open = connection;
        if (open != null) {
            open.close();
        }
    }
}
