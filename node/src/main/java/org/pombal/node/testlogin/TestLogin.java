package org.pombal.node.testlogin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;
import org.pombal.model.statistics.FailureKind;
import org.pombal.node.proxy.BackendTls;

/**
 * Logs in over IMAP as a proxy does for a user, and looks at INBOX, which opens the user's mailbox.
 *
 * @param secured makes TLS for {@code starttls} and {@code ssl}
 * @param unchecked makes it for {@code any-cert}
 * @param limit for all of it
 */
record TestLogin(BackendTls tls, SSLSocketFactory secured, SSLSocketFactory unchecked, Duration limit) {

    TestLogin {
        requireNonNull(tls, "tls is null");
        requireNonNull(secured, "secured is null");
        requireNonNull(unchecked, "unchecked is null");
        requireNonNull(limit, "limit is null");
    }

    /**
     * Tries it. Blocks, up to the limit.
     *
     * @param host the name for which a certificate must be valid
     */
    TestOutcome at(InetSocketAddress server, String host, String user, String password) {
        long began = System.nanoTime();
        try (ImapTalk talk = new ImapTalk(limit)) {
            try {
                talk.connect(server);
            } catch (IOException e) {
                return new TestOutcome.Failed(
                        FailureKind.CONNECT, "no connection to " + server + ": " + e.getMessage());
            }
            String objection = begin(talk, host);
            if (!objection.isEmpty()) {
                return new TestOutcome.Failed(FailureKind.OTHER, objection);
            }
            TestOutcome answered = loggedIn(talk.logIn(user, password), user);
            if (!(answered instanceof TestOutcome.Succeeded)) {
                return answered;
            }
            String inbox = talk.ask("STATUS INBOX (MESSAGES)");
            if (!isOk(inbox)) {
                return new TestOutcome.Failed(FailureKind.OTHER, "INBOX of " + user + " cannot be opened: " + inbox);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            talk.goodbye();
            return new TestOutcome.Succeeded(took);
        } catch (IOException e) {
            return new TestOutcome.Failed(FailureKind.OTHER, String.valueOf(e.getMessage()));
        }
    }

    /** Up to where the user can log in; what stands in the way, empty if nothing does. */
    private String begin(ImapTalk talk, String host) throws IOException {
        boolean checked = tls != BackendTls.ANY_CERT;
        if (tls == BackendTls.SSL) {
            talk.beginTls(secured, host, checked);
        }
        String greeting = talk.greeting();
        if (!greeting.startsWith("* OK")) {
            return "it greets with '" + greeting + "'";
        }
        if (tls == BackendTls.STARTTLS || tls == BackendTls.ANY_CERT) {
            String answer = talk.ask("STARTTLS");
            if (!isOk(answer)) {
                return "it refuses STARTTLS: " + answer;
            }
            talk.beginTls(checked ? secured : unchecked, host, checked);
        }
        return "";
    }

    private static TestOutcome loggedIn(String answer, String user) {
        String upper = answer.toUpperCase(Locale.ROOT);
        if (isOk(answer)) {
            return new TestOutcome.Succeeded(Duration.ZERO);
        }
        if (!upper.startsWith("NO")) {
            return new TestOutcome.Failed(FailureKind.OTHER, "it does not let " + user + " log in: " + answer);
        }
        return upper.contains("[UNAVAILABLE]") || upper.contains("[REFERRAL") || upper.contains("[INUSE]")
                ? new TestOutcome.Inconclusive(
                        "it does not serve " + user + " now: " + answer, upper.contains("[UNAVAILABLE]"))
                : new TestOutcome.Failed(FailureKind.AUTHENTICATION, "it refuses " + user + ": " + answer);
    }

    private static boolean isOk(String answer) {
        return answer.toUpperCase(Locale.ROOT).startsWith("OK");
    }
}
