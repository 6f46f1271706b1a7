package org.pombal.dovecot.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.statistics.ProxyPage.HostTraffic;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.Traffic;

class ProxyPageTest {

    private static final String HEAD = """
            # HELP process_start_time_seconds Timestamp of service start
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1795328387
            # HELP dovecot_build Dovecot build information
            # TYPE dovecot_build info
            dovecot_build_info{version="2.4.1-4",revision="7d8c0e5759"} 1
            """;

    private static final HostTraffic SESSIONS = new HostTraffic("b1.example.org", Traffic.SESSIONS);
    private static final HostTraffic DELIVERIES = new HostTraffic("b1.example.org", Traffic.DELIVERIES);

    @Test
    void saysSinceWhenAndByWhichReleaseIsCounted() {
        ProxyPage page = ProxyPage.parse(HEAD + "# EOF\n");

        assertThat(page.since()).isEqualTo(Instant.ofEpochSecond(1_795_328_387L));
        assertThat(page.release()).contains("2.4.1");
        assertThat(page.counts()).isEmpty();
        assertThat(ProxyPage.parse(HEAD.replace("2.4.1-4", "2.3.19.1")).release())
                .contains("2.3.19.1");
        assertThat(ProxyPage.parse("process_start_time_seconds 1\n").release()).isEmpty();
    }

    @Test
    void sessionsThatFailAreToldApart() {
        Counts counts = ProxyPage.parse(HEAD + """
                dovecot_proxy_session_started_total{dest_host="b1.example.org"} 30
                dovecot_proxy_session_success_total{dest_host="b1.example.org"} 20
                dovecot_proxy_session_success_duration_seconds_total{dest_host="b1.example.org"} 0.410002
                dovecot_proxy_session_success_duration_seconds_sum 0.410002
                dovecot_proxy_session_failure_total{dest_host="b1.example.org"} 9
                dovecot_proxy_session_failure_count 9
                dovecot_proxy_session_failure_connect_total{dest_host="b1.example.org"} 5
                dovecot_proxy_session_failure_auth_total{dest_host="b1.example.org"} 3
                # EOF
                """).counts().getOrDefault(SESSIONS, Counts.NONE);

        assertThat(counts)
                .isEqualTo(new Counts(
                        30,
                        20,
                        Map.of(FailureKind.CONNECT, 5L, FailureKind.AUTHENTICATION, 3L, FailureKind.OTHER, 1L),
                        Duration.ofNanos(410_002_000)));
    }

    @Test
    void deliveriesAreCountedApartFromSessions() {
        Map<HostTraffic, Counts> counts = ProxyPage.parse(HEAD + """
                dovecot_lmtp_rcpt_finished_success_total{dest_host="b1.example.org"} 7
                dovecot_lmtp_rcpt_finished_success_duration_seconds_total{dest_host="b1.example.org"} 0.7
                dovecot_lmtp_rcpt_finished_failure_total{dest_host="b1.example.org"} 2
                """).counts();

        assertThat(counts)
                .containsExactlyEntriesOf(
                        Map.of(DELIVERIES, new Counts(9, 7, Map.of(FailureKind.OTHER, 2L), Duration.ofMillis(700))));
    }

    @Test
    void linesThatAreGroupedInMoreWaysAreNotCountedTwice() {
        Counts counts = ProxyPage.parse(HEAD + """
                dovecot_proxy_session_success_total{dest_host="b1.example.org"} 5
                dovecot_proxy_session_success_total{dest_host="b1.example.org",protocol="imap"} 3
                dovecot_proxy_session_success_total{dest_host="b1.example.org",protocol="pop3"} 2
                """).counts().getOrDefault(SESSIONS, Counts.NONE);

        assertThat(counts.successes()).isEqualTo(5);
    }

    @Test
    void withoutTheMetricOfAttemptsTheyAreWhatHasEnded() {
        Counts counts = ProxyPage.parse(HEAD + """
                dovecot_proxy_session_success_total{dest_host="b1.example.org"} 5
                dovecot_proxy_session_failure_total{dest_host="b1.example.org"} 2
                """).counts().getOrDefault(SESSIONS, Counts.NONE);

        assertThat(counts.attempts()).isEqualTo(7);
        assertThat(counts.failures()).isEqualTo(Map.of(FailureKind.OTHER, 2L));
    }

    @Test
    void whatIsNoPageOfStatisticsIsRefused() {
        assertThatThrownBy(() -> ProxyPage.parse("<html>It works!</html>"))
                .hasMessageContaining("process_start_time_seconds");
    }
}
