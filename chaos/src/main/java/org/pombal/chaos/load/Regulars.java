package org.pombal.chaos.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.LmtpClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.Listener;

/** Users who log in and get mail by one proxy, one after the other and round and round, until the thread is interrupted. */
public final class Regulars implements Runnable {

    public static final String IMAP = "imap";
    public static final String LMTP = "lmtp";

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Longer than a node holds a login, 10 s, and than Dovecot tries to connect to the next, 30 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String MESSAGE = "Subject: regularly\r\n\r\nA message.";

    private final String proxy;
    private final List<String> users;
    private final Observations observations;

    public Regulars(String proxy, List<String> users, Observations observations) {
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.users = List.copyOf(users);
        this.observations = requireNonNull(observations, "observations is null");
    }

    @Override
    public void run() {
        while (true) {
            for (String user : users) {
                login(user);
                deliver(user);
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }

    /** One session; says whether it was served. */
    public boolean login(String user) {
        long begin = System.nanoTime();
        try (ImapClient imap = session(user)) {
            imap.select("INBOX");
            imap.logout();
            observations.served(user, IMAP, begin);
            return true;
        } catch (MailException e) {
            observations.failed(user, IMAP, begin, e);
            return false;
        }
    }

    /** One that stays open. */
    public ImapClient session(String user) {
        ImapClient imap = ImapClient.connect(proxy, ChaosSite.PORTS.of(Listener.IMAP), PATIENCE);
        try {
            imap.login(user, ChaosSite.PASSWORD);
            return imap;
        } catch (MailException e) {
            imap.close();
            throw e;
        }
    }

    /** One delivery; says whether it was accepted. */
    public boolean deliver(String user) {
        long begin = System.nanoTime();
        try (LmtpClient lmtp = LmtpClient.connect(proxy, ChaosSite.PORTS.of(Listener.LMTP), PATIENCE)) {
            lmtp.deliver("regulars@example.org", user, MESSAGE);
            observations.delivered(user);
            observations.served(user, LMTP, begin);
            return true;
        } catch (MailException e) {
            observations.failed(user, LMTP, begin, e);
            return false;
        }
    }
}
