package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** Many logins at a time, half of them through a proxy with old knowledge, and a Dovecot whose parts end meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackendUnderLoadTest {

    private static final int LOGINS = 1_000;
    private static final int AT_A_TIME = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> USERS =
            IntStream.range(0, 20).mapToObj(i -> "user" + i + "@example.org").toList();

    private final ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
    private TwoViews views;

    @BeforeAll
    void start() {
        views = TwoViews.start(DovecotVersion.V2_3, DovecotVersion.V2_3, "load", "127.0.64", USERS);
        USERS.forEach(user -> views.home(user, 1));
    }

    @AfterAll
    void stop() {
        clients.shutdownNow();
        views.close();
    }

    @Test
    void aThousandLoginsReachTheRightBackend() {
        assertThat(failuresOf(LOGINS)).isEmpty();
        assertThat(ServedBy.of(views.site(), USERS.get(0), MailProtocol.IMAP)).containsExactly("backend1");
        assertNobodyOnTheWrongOne();
    }

    @Test
    void authThatIsKilledUnderLoadLetsNobodyInElsewhereAndLoginsRecover() {
        CompletableFuture<Collection<String>> load = CompletableFuture.supplyAsync(() -> failuresOf(LOGINS / 8));
        for (int backend = 1; backend <= 2; backend++) {
            for (long pid : authProcesses(backend)) {
                Programs.run(PATIENCE, "kill", "-9", String.valueOf(pid));
            }
        }
        assertThat(load.join()).as("logins that failed for now").hasSizeLessThan(LOGINS / 8);
        await().atMost(PATIENCE).until(() -> failuresOf(AT_A_TIME).isEmpty());
        assertNobodyOnTheWrongOne();
    }

    private List<Long> authProcesses(int backend) {
        return views.site().backends().get(backend - 1).processes().stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/auth"))
                        .isPresent())
                .toList();
    }

    private void assertNobodyOnTheWrongOne() {
        assertThat(USERS).allSatisfy(user -> assertThat(ServedBy.of(views.site(), user, MailProtocol.IMAP))
                .doesNotContain("backend2"));
    }

    /** What those of so many logins were told, through both proxies in turn, that were refused or broken off. */
    private Collection<String> failuresOf(int logins) {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] all = IntStream.range(0, logins)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> failureOf(1 + i % 2, USERS.get(i / 2 % USERS.size()))
                                .ifPresent(failures::add),
                        clients))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();
        return failures;
    }

    private Optional<String> failureOf(int proxy, String user) {
        String address = views.site().plan().proxyAddress(proxy);
        try (ImapClient imap = ImapClient.connect(address, views.port(Listener.IMAP), PATIENCE)) {
            imap.login(user, TwoViews.PASSWORD);
            imap.logout();
            return Optional.empty();
        } catch (MailException e) {
            return Optional.of(user + " through proxy " + proxy + ": " + e.getMessage());
        }
    }
}
