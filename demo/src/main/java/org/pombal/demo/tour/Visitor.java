package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.LmtpClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.mail.PopClient;
import org.pombal.demo.mail.SieveClient;
import org.pombal.demo.mail.SubmissionClient;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Listener;

/** Uses every protocol as one user, through the first proxy: gets a mail delivered, reads it, submits one, and so on. */
final class Visitor {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Replies that begin with 4 (RFC 5321, section 4.2.1). */
    private static final String REFUSED_FOR_NOW = " answered '4";

    private static final String SENDER = "postmaster@example.org";
    private static final String MAILBOX_BY_DOVEADM = "MadeByDoveadm";

    private final MailSite site;
    private final Account account;
    private final String host;
    private final List<String> problems = new ArrayList<>();

    Visitor(MailSite site, Account account) {
        this.site = requireNonNull(site, "site is null");
        this.account = requireNonNull(account, "account is null");
        this.host = site.plan().proxyAddress(1);
    }

    /** Problems, after everything was tried. */
    List<String> use() {
        attempt(MailProtocol.LMTP, this::deliver);
        attempt(MailProtocol.IMAP, this::read);
        attempt(MailProtocol.POP3, this::count);
        attempt(MailProtocol.SUBMISSION, this::submit);
        attempt(MailProtocol.SIEVE, this::listScripts);
        attempt(MailProtocol.DOVEADM, this::makeMailbox);
        return List.copyOf(problems);
    }

    /** Who served the user, by the backends' logs and mailboxes. */
    Map<MailProtocol, List<String>> served() {
        Map<MailProtocol, List<String>> served = new EnumMap<>(MailProtocol.class);
        for (MailProtocol protocol : MailProtocol.values()) {
            served.put(
                    protocol,
                    protocol == MailProtocol.DOVEADM
                            ? ServedBy.withMailbox(site, account.name(), MAILBOX_BY_DOVEADM)
                            : ServedBy.of(site, account.name(), protocol));
        }
        return served;
    }

    private void attempt(MailProtocol protocol, Runnable use) {
        try {
            use.run();
        } catch (RuntimeException e) {
            problems.add(protocol.wireName() + ": " + e.getMessage());
        }
    }

    /** As an MTA does: what is refused for now is tried again. The first delivery to a group is held while a backend claims it, but not for long. */
    private void deliver() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isDelivered(end)) {
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** @throws MailException if it is refused for good, or still after {@code end} */
    private boolean isDelivered(long end) {
        try {
            deliverOnce();
            return true;
        } catch (MailException e) {
            if (System.nanoTime() - end >= 0 || !String.valueOf(e.getMessage()).contains(REFUSED_FOR_NOW)) {
                throw e;
            }
            return false;
        }
    }

    private void deliverOnce() {
        try (LmtpClient lmtp = LmtpClient.connect(host, port(Listener.LMTP), PATIENCE)) {
            lmtp.deliver(SENDER, account.name(), "Subject: welcome\r\n\r\nHello " + account.name() + "\r\n");
            lmtp.quit();
        }
    }

    private void read() {
        try (ImapClient imap = ImapClient.connect(host, port(Listener.IMAP), PATIENCE)) {
            imap.login(account.name(), account.password());
            int messages = imap.select("INBOX");
            if (messages < 1 || !imap.fetch(messages).contains("Hello " + account.name())) {
                throw new IllegalStateException("the mail delivered by LMTP is not in the INBOX");
            }
            imap.logout();
        }
    }

    private void count() {
        try (PopClient pop = PopClient.connect(host, port(Listener.POP3), PATIENCE)) {
            pop.login(account.name(), account.password());
            if (pop.count() < 1) {
                throw new IllegalStateException("the mail delivered by LMTP is not there");
            }
            pop.quit();
        }
    }

    private void submit() {
        try (SubmissionClient submission = SubmissionClient.connect(host, port(Listener.SUBMISSION), PATIENCE)) {
            submission.login(account.name(), account.password());
            submission.send(account.name(), SENDER, "Subject: thanks\r\n\r\nThanks\r\n");
            submission.quit();
        }
    }

    private void listScripts() {
        try (SieveClient sieve = SieveClient.connect(host, port(Listener.SIEVE), PATIENCE)) {
            sieve.login(account.name(), account.password());
            sieve.listScripts();
            sieve.logout();
        }
    }

    private void makeMailbox() {
        site.proxy(1).doveadm("mailbox", "create", "-u", account.name(), MAILBOX_BY_DOVEADM);
    }

    private int port(Listener listener) {
        return site.plan().ports().of(listener);
    }
}
