package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.site.MailSite;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Listener;

/** Mail clients that keep a session open each, as they do: one that is disconnected, because its user moves, connects again at once. */
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long RETRY_MILLIS = 200;

    private final MailSite site;
    private final List<Member> members = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Crowd(MailSite site) {
        this.site = requireNonNull(site, "site is null");
    }

    /** From now on so many users have a session open; the first accounts of the site. */
    void size(int count) {
        while (members.size() > count) {
            members.remove(members.size() - 1).leave();
        }
        while (members.size() < count) {
            members.add(new Member(site.plan().proxyAccounts().get(members.size())));
        }
    }

    int size() {
        return members.size();
    }

    /** How many are connected at the moment. */
    int connected() {
        return connected.get();
    }

    /** How many logins failed. */
    int refused() {
        return refused.get();
    }

    private final class Member {

        private final Account account;
        private final CountDownLatch leaving = new CountDownLatch(1);
        private final Thread thread;

        Member(Account account) {
            this.account = account;
            this.thread = new Thread(this::stay, "pombal-demo-" + account.name());
            thread.setDaemon(true);
            thread.start();
        }

        private void stay() {
            try {
                do {
                    session();
                } while (!leaving.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void session() {
            boolean isIn = false;
            try (ImapClient imap = ImapClient.connect(
                    site.plan().proxyAddress(1), site.plan().ports().of(Listener.IMAP), PATIENCE)) {
                imap.login(account.name(), account.password());
                imap.select("INBOX");
                isIn = true;
                connected.incrementAndGet();
                while (leaving.getCount() > 0) {
                    imap.idle(Duration.ofMillis(500));
                }
                imap.logout();
            } catch (MailException e) {
                refused.addAndGet(isIn ? 0 : 1);
            } finally {
                connected.addAndGet(isIn ? -1 : 0);
            }
        }

        void leave() {
            leaving.countDown();
        }

        void join() throws InterruptedException {
            thread.join(PATIENCE.toMillis());
        }
    }

    @Override
    public void close() {
        List<Member> all = List.copyOf(members);
        size(0);
        try {
            for (Member member : all) {
                member.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
