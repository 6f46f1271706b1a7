package org.pombal.chaos.load;

import static java.util.Objects.requireNonNull;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.pombal.chaos.history.Outage;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.Listener;

/** A user whose mail client is always connected, and connects again when it is not. */
final class Resident implements Runnable {

    private static final String WAY = Outage.WAY;
    private static final Duration RETRY = Duration.ofMillis(300);
    /** Longer than the node holds a login, 10 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How long a connected client waits for an answer before it connects anew. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String user;
    private final List<String> proxies;
    private final Duration idle;
    private final Random random;
    private final Observations observations;

    /** @param idle how long it says nothing at a time */
    Resident(String user, List<String> proxies, Duration idle, Random random, Observations observations) {
        this.user = requireNonNull(user, "user is null");
        this.proxies = List.copyOf(proxies);
        this.idle = requireNonNull(idle, "idle is null");
        this.random = requireNonNull(random, "random is null");
        this.observations = requireNonNull(observations, "observations is null");
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long begin = System.nanoTime();
            try (ImapClient imap = ImapClient.connect(
                    proxies.get(random.nextInt(proxies.size())), ChaosSite.PORTS.of(Listener.IMAP), PATIENCE)) {
                imap.login(user, ChaosSite.PASSWORD);
                observations.served(user, WAY, begin);
                stay(imap);
            } catch (MailException e) {
                observations.failed(user, WAY, begin, e);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void stay(ImapClient imap) {
        try {
            imap.patience(ANSWER);
            imap.select("INBOX");
            while (!Thread.currentThread().isInterrupted()) {
                observations.answers(user);
                imap.idle(idle);
            }
        } catch (MailException e) {
            // A server that is silent has been so since it was asked.
            long silent = e.getCause() instanceof SocketTimeoutException ? ANSWER.toNanos() : 0;
            observations.disconnected(user, WAY, System.nanoTime() - silent, e);
        }
    }
}
