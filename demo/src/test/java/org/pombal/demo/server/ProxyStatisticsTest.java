package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.pombal.demo.server.DovecotPair.ALIVE;
import static org.pombal.demo.server.DovecotPair.DEAD;
import static org.pombal.demo.server.DovecotPair.PATIENCE;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.statistics.ProxyPage;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.dovecot.statistics.StatisticsClient;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.Traffic;

/** What a proxy's statistics say of its backends, one of which is dead. */
class ProxyStatisticsTest {

    @ParameterizedTest
    @EnumSource
    void tellALivingBackendFromADeadOne(DovecotVersion version) {
        DovecotPair pair = DovecotPair.of(version);

        pair.loginAndOut("sam", "secret");
        // The backend does not know her.
        assertThatThrownBy(() -> pair.loginAndOut("wanda", "secret")).isInstanceOf(MailException.class);
        assertThatThrownBy(() -> pair.loginAndOut("ilse", "secret")).isInstanceOf(MailException.class);
        pair.deliver("lara");
        assertThatThrownBy(() -> pair.deliver("lena")).isInstanceOf(MailException.class);

        await().untilAsserted(() -> {
            ProxyPage page = read(pair);
            assertThat(page.release()).get().asString().startsWith(version.toString());
            assertThat(page.since()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
            assertThat(counts(page, ALIVE, Traffic.SESSIONS))
                    .satisfies(counts -> assertThat(counts.attempts()).isEqualTo(2))
                    .satisfies(counts -> assertThat(counts.successes()).isEqualTo(1))
                    .satisfies(counts -> assertThat(counts.latency()).isPresent())
                    .satisfies(
                            counts -> assertThat(counts.failures()).isEqualTo(Map.of(FailureKind.AUTHENTICATION, 1L)));
            assertThat(counts(page, DEAD, Traffic.SESSIONS))
                    .satisfies(counts -> assertThat(counts.attempts()).isEqualTo(1))
                    .satisfies(counts -> assertThat(counts.successes()).isZero())
                    .satisfies(counts -> assertThat(counts.failures()).isEqualTo(Map.of(FailureKind.CONNECT, 1L)));
            assertThat(counts(page, ALIVE, Traffic.DELIVERIES))
                    .satisfies(counts -> assertThat(counts.successes()).isEqualTo(1))
                    .satisfies(counts -> assertThat(counts.failures()).isEmpty());
            assertThat(counts(page, DEAD, Traffic.DELIVERIES))
                    .satisfies(counts -> assertThat(counts.successes()).isZero())
                    .satisfies(counts -> assertThat(counts.failures()).isEqualTo(Map.of(FailureKind.OTHER, 1L)));
        });
    }

    private static ProxyPage read(DovecotPair pair) throws Exception {
        URI uri = URI.create("http://" + DovecotPair.ADDRESS + ":" + pair.proxyPort(Listener.STATISTICS) + "/metrics");
        return new StatisticsClient(HttpClient.newHttpClient(), uri, PATIENCE)
                .read()
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Counts counts(ProxyPage page, String host, Traffic traffic) {
        return Optional.ofNullable(page.counts().get(new HostTraffic(host, traffic)))
                .orElse(Counts.NONE);
    }
}
