package org.pombal.chaos.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.pombal.chaos.history.ClientEvent;
import org.pombal.chaos.history.ClientEvent.Outcome;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.chaos.site.Machine;
import org.pombal.chaos.site.SiteShape;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.LmtpClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.mail.PopClient;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;

/** What comes to a user's mailbox besides his own client, and goes again: each method one visit to a user drawn at random. */
final class Visits {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** EX_TEMPFAIL of sysexits.h. */
    private static final int TEMPORARY = 75;

    private static final String MESSAGE = "Subject: chaos\r\n\r\nA message.";

    private final ChaosSite site;
    private final Random random;
    private final Observations observations;

    Visits(ChaosSite site, Random random, Observations observations) {
        this.site = requireNonNull(site, "site is null");
        this.random = requireNonNull(random, "random is null");
        this.observations = requireNonNull(observations, "observations is null");
    }

    private String user() {
        return SiteShape.user(1 + random.nextInt(site.shape().users()));
    }

    private Machine anyOf(List<Machine> machines) {
        return machines.get(random.nextInt(machines.size()));
    }

    /** A delivery. */
    void lmtp() {
        String user = user();
        long begin = System.nanoTime();
        try (LmtpClient lmtp = LmtpClient.connect(
                anyOf(site.proxies()).host().address(), ChaosSite.PORTS.of(Listener.LMTP), PATIENCE)) {
            lmtp.deliver("chaos@example.org", user, MESSAGE);
            observations.delivered(user);
            observations.served(user, "lmtp", begin);
        } catch (MailException e) {
            observations.failed(user, "lmtp", begin, e);
        }
    }

    void pop3() {
        String user = user();
        long begin = System.nanoTime();
        try (PopClient pop = PopClient.connect(
                anyOf(site.proxies()).host().address(), ChaosSite.PORTS.of(Listener.POP3), PATIENCE)) {
            pop.login(user, ChaosSite.PASSWORD);
            observations.served(user, "pop3", begin);
        } catch (MailException e) {
            observations.failed(user, "pop3", begin, e);
        }
    }

    /** A session by a proxy. */
    void imap() {
        imap("imap", anyOf(site.proxies()).host().address(), ChaosSite.PORTS);
    }

    /** A session that comes straight to some backend, as from a proxy that knows nothing. */
    void stray() {
        imap("stray", anyOf(site.backends()).host().address(), ChaosSite.PORTS);
    }

    /** A session that comes to the Dovecot that is none of the cluster's. */
    void stranger() {
        imap("stranger", site.lastBackend().address(), ChaosSite.STRANGERS_PORTS);
    }

    private void imap(String way, String address, Ports ports) {
        String user = user();
        long begin = System.nanoTime();
        try (ImapClient imap = ImapClient.connect(address, ports.of(Listener.IMAP), PATIENCE)) {
            imap.login(user, ChaosSite.PASSWORD);
            observations.served(user, way, begin);
            look(imap, user, way);
        } catch (MailException e) {
            observations.failed(user, way, begin, e);
        }
    }

    /** The user is served already: from now on the session may be ended as any other, by a move as well. */
    private void look(ImapClient imap, String user, String way) {
        long begin = System.nanoTime();
        try {
            imap.select("INBOX");
            imap.logout();
        } catch (MailException e) {
            boolean silent = e.getCause() instanceof SocketTimeoutException;
            if (silent || Refusals.isAnswer(String.valueOf(e.getMessage()))) {
                observations.failed(user, way, begin, e);
            } else {
                observations.disconnected(user, way, System.nanoTime(), e);
            }
        }
    }

    /** A command about a mailbox, given on a proxy. */
    void doveadm() {
        String user = user();
        long begin = System.nanoTime();
        List<String> command = site.doveadm(
                anyOf(site.proxies()).host(), List.of("mailbox", "status", "-u", user, "messages", "INBOX"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            int status = ended ? process.exitValue() : TEMPORARY;
            Outcome outcome =
                    switch (status) {
                        case 0 -> Outcome.SERVED;
                        case TEMPORARY -> Outcome.FAILED_FOR_NOW;
                        default -> Outcome.FAILED_FOR_GOOD;
                    };
            observations.add(
                    new ClientEvent(user, "doveadm", outcome, begin, System.nanoTime(), "exit code " + status));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
