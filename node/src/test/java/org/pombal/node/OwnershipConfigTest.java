package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.geodb.settings.GeoDbSettings;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.OutagePolicy;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import org.pombal.settings.SiteSettings;

class OwnershipConfigTest {

    private static final String PROGRAM = "/usr/bin/env";

    private static OwnershipConfig config(Map<String, String> environment) throws SettingsException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLUSTER_SITE", "here");
        all.put("CLUSTER_STORAGE", "shared");
        return OwnershipConfig.of(new SettingsResolver(new SettingsCatalog(List.of(
                        SiteSettings.GROUP,
                        NodeSettings.GROUP,
                        OwnershipSettings.GROUP,
                        BackendDoveadmSettings.GROUP,
                        TakeoverSettings.GROUP,
                        OwnershipTimingSettings.GROUP,
                        GeoDbSettings.GROUP)))
                .resolve(SettingsFile.none(), all, Set.of("site", "node")));
    }

    private static List<String> problems(Map<String, String> environment) {
        SettingsException refusal = catchThrowableOfType(SettingsException.class, () -> config(environment));
        return refusal == null ? List.of() : refusal.problems();
    }

    @Test
    void theDefaultsAreThoseOfTheProtocol() throws Exception {
        OwnershipConfig config = config(Map.of());
        assertThat(config.timings()).isEqualTo(OwnershipTimings.DEFAULT);
        assertThat(config.policy()).isEqualTo(new BreakPolicy(OutagePolicy.SERVE, TakeoverPolicy.LEASE, false));
        assertThat(config.failoverDamping()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxParallelMoves()).isEqualTo(100);
        assertThat(config.deliveryProcesses()).isEqualTo(100);
        assertThat(config.settleTime()).isEqualTo(Duration.ZERO);
        assertThat(config.flush()).isEmpty();
        assertThat(config.fence()).isEmpty();
        assertThat(config.hangWatch())
                .isEqualTo(new OwnershipConfig.HangWatch(Duration.ofSeconds(10), Duration.ofSeconds(5), 6, false));
    }

    @Test
    void eachSettingHasItsPlace() throws Exception {
        OwnershipConfig config = config(Map.ofEntries(
                Map.entry("CLUSTER_TAKEOVER", "fenced"),
                Map.entry("CLUSTER_GEODB_OUTAGE", "fence"),
                Map.entry("CLUSTER_FENCE_COMMAND", PROGRAM),
                Map.entry("CLUSTER_FENCE_TIMEOUT", "90 s"),
                Map.entry("CLUSTER_FAILOVER_DAMPING", "2 min"),
                Map.entry("CLUSTER_MAX_PARALLEL_MOVES", "7"),
                Map.entry("CLUSTER_LOGIN_HOLD", "9 s"),
                Map.entry("CLUSTER_DELIVERY_HOLD", "800 ms"),
                Map.entry("CLUSTER_DELIVERY_HOLD_SHARE", "5"),
                Map.entry("CLUSTER_DELIVERY_PROCESSES", "40"),
                Map.entry("CLUSTER_USER_SETTLE_TIME", "3 s"),
                Map.entry("CLUSTER_FLUSH_COMMAND", PROGRAM),
                Map.entry("CLUSTER_FLUSH_TIMEOUT", "11 s"),
                Map.entry("CLUSTER_KILL_HUNG_DOVECOT", "yes"),
                Map.entry("CLUSTER_DOVECOT_PROBE_INTERVAL", "12 s"),
                Map.entry("CLUSTER_DOVECOT_PROBE_TIMEOUT", "6 s"),
                Map.entry("CLUSTER_DOVECOT_PROBE_FAILURES", "4"),
                Map.entry("CLUSTER_LEASE_RENEW_INTERVAL", "1100 ms"),
                Map.entry("CLUSTER_LEASE_TRUST", "5 s"),
                Map.entry("CLUSTER_LEASE_KILL_ALLOWANCE", "600 ms"),
                Map.entry("CLUSTER_LEASE_BREAK", "8 s"),
                Map.entry("CLUSTER_LEASE_READ_INTERVAL", "400 ms"),
                Map.entry("CLUSTER_LEASE_READ_GAP", "900 ms"),
                Map.entry("CLUSTER_VOTE_HOLD", "9 s"),
                Map.entry("CLUSTER_VOTE_POLL_LIMIT", "1200 ms"),
                Map.entry("CLUSTER_OWNERSHIP_RETRY_INTERVAL", "250 ms"),
                Map.entry("CLUSTER_PENDING_LOGIN_LIMIT", "350 ms"),
                Map.entry("CLUSTER_KICK_LIMIT", "1300 ms")));

        Duration[] lease = millis(1100, 5000, 600, 8000, 400, 900, 9000, 1200, 250, 350, 1300, 9000, 800);
        assertThat(config)
                .isEqualTo(new OwnershipConfig(
                        new BreakPolicy(OutagePolicy.FENCE, TakeoverPolicy.FENCED, true),
                        new OwnershipTimings(
                                lease[0], lease[1], lease[2], lease[3], lease[4], lease[5], lease[6], lease[7],
                                lease[8], lease[9], lease[10], lease[11], lease[12], 5),
                        Duration.ofMinutes(2),
                        7,
                        40,
                        Duration.ofSeconds(3),
                        Optional.of(new OwnershipConfig.Hook(Path.of(PROGRAM), Duration.ofSeconds(11))),
                        Optional.of(new OwnershipConfig.Hook(Path.of(PROGRAM), Duration.ofSeconds(90))),
                        new OwnershipConfig.HangWatch(Duration.ofSeconds(12), Duration.ofSeconds(6), 4, true)));
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    @Test
    void theFactorMakesTheProtocolSlowerAndLeavesTheHoldsAlone() throws Exception {
        OwnershipTimings slow = config(Map.of("CLUSTER_TIMING_FACTOR", "4")).timings();
        assertThat(slow).isEqualTo(OwnershipTimings.DEFAULT.times(4));
        assertThat(slow.breakWindow()).isEqualTo(Duration.ofSeconds(24));
        assertThat(slow.loginHold()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "CLUSTER_TAKEOVER, both",
        "CLUSTER_GEODB_OUTAGE, ignore",
        "CLUSTER_FENCE_COMMAND, stonith",
        "CLUSTER_FENCE_TIMEOUT, 0",
        "CLUSTER_FAILOVER_DAMPING, 2 h",
        "CLUSTER_MAX_PARALLEL_MOVES, 0",
        "CLUSTER_LOGIN_HOLD, 11 s",
        "CLUSTER_DELIVERY_HOLD, 2 s",
        "CLUSTER_DELIVERY_HOLD_SHARE, 11",
        "CLUSTER_DELIVERY_PROCESSES, 0",
        "CLUSTER_USER_SETTLE_TIME, 1 h",
        "CLUSTER_FLUSH_COMMAND, flush",
        "CLUSTER_FLUSH_TIMEOUT, 0",
        "CLUSTER_KILL_HUNG_DOVECOT, maybe",
        "CLUSTER_DOVECOT_PROBE_INTERVAL, 0",
        "CLUSTER_DOVECOT_PROBE_TIMEOUT, 0",
        "CLUSTER_DOVECOT_PROBE_FAILURES, 0",
        "CLUSTER_TIMING_FACTOR, 11",
        "CLUSTER_LEASE_TRUST, 4",
        "CLUSTER_LEASE_BREAK, 0"
    })
    void aValueOutOfRangeIsRefused(String variable, String value) {
        assertThat(problems(Map.of(variable, value)))
                .singleElement()
                .asString()
                .contains(variable, value, "allowed is");
    }

    @Test
    void aLeaseMayNotBeBrokenWhileItsHolderMayServe() {
        assertThat(problems(Map.of("CLUSTER_LEASE_BREAK", "4600 ms")))
                .containsExactly(
                        "cluster_lease_trust (4 s, from default) and cluster_lease_kill_allowance (500 ms, from"
                                + " default) together, with 2 percent in reserve on each side, must be shorter than"
                                + " cluster_lease_break (4600 ms, from environment variable CLUSTER_LEASE_BREAK), or users are taken"
                                + " from a backend that still serves them");
    }

    @Test
    void aVoterMayNotSayBothThingsWithinOneTrust() {
        assertThat(problems(Map.of("CLUSTER_VOTE_POLL_LIMIT", "2 s")))
                .singleElement()
                .asString()
                .contains(
                        "cluster_lease_trust (4 s",
                        "cluster_lease_kill_allowance (500 ms",
                        "cluster_vote_hold (6 s",
                        "less cluster_vote_poll_limit (2 s, from environment variable CLUSTER_VOTE_POLL_LIMIT)");
    }

    @Test
    void trustBearsThatOneRenewalFails() {
        assertThat(problems(Map.of("CLUSTER_LEASE_RENEW_INTERVAL", "3 s")))
                .containsExactly(
                        "cluster_lease_renew_interval (3 s, from environment variable CLUSTER_LEASE_RENEW_INTERVAL)"
                                + " must be at most half of cluster_lease_trust (4 s, from default)");
    }

    @Test
    void leasesAreReadMoreOftenThanTheGapAllows() {
        assertThat(problems(Map.of("CLUSTER_LEASE_READ_INTERVAL", "1 s")))
                .singleElement()
                .asString()
                .contains("cluster_lease_read_interval (1 s", "must be shorter than cluster_lease_read_gap (1 s");
    }

    @Test
    void trustIsNoLongerThanTheGuardianBelieves() {
        assertThat(problems(Map.of(
                        "CLUSTER_LEASE_TRUST", "20 s",
                        "CLUSTER_LEASE_BREAK", "30 s",
                        "CLUSTER_VOTE_HOLD", "30 s",
                        "CLUSTER_TIMING_FACTOR", "4")))
                .singleElement()
                .asString()
                .contains("cluster_lease_trust (20 s", "times cluster_timing_factor (4, from", "at most 1 min");
    }

    @Test
    void onABackendOneLostAnswerOfGeoDbDoesNotEndTrust() {
        Map<String, String> slowGeoDb = Map.of("CASSANDRA_REQUEST_TIMEOUT", "3 s");
        assertThat(problems(slowGeoDb)).isEmpty();

        Map<String, String> onBackend = new HashMap<>(slowGeoDb);
        onBackend.put("CLUSTER_BACKEND_NAME", "backend1.example.org");
        onBackend.put("CLUSTER_PEER_KEY", "a key");
        assertThat(problems(onBackend))
                .singleElement()
                .asString()
                .contains("CASSANDRA_REQUEST_TIMEOUT (3 s", "half of cluster_lease_trust (4 s");

        onBackend.put("CLUSTER_TIMING_FACTOR", "2");
        assertThat(problems(onBackend)).isEmpty();
    }

    @Test
    void fencedNeedsACommandOnBackends() {
        assertThat(problems(Map.of("CLUSTER_TAKEOVER", "fenced"))).isEmpty();
        assertThat(problems(Map.of(
                        "CLUSTER_TAKEOVER", "fenced",
                        "CLUSTER_BACKEND_NAME", "backend1.example.org",
                        "CLUSTER_PEER_KEY", "a key")))
                .containsExactly("cluster_takeover = fenced, and this backend could never take users over: set"
                        + " cluster_fence_command");
    }

    @Test
    void aFenceCommandThatNobodyRunsIsAMistake() {
        assertThat(problems(Map.of("CLUSTER_FENCE_COMMAND", PROGRAM)))
                .containsExactly(
                        "cluster_fence_command is set, and nobody would run it: set cluster_takeover = fenced");
    }

    @ParameterizedTest
    @CsvSource({"/nowhere/flush", "/etc/passwd", "/usr/bin"})
    void aCommandThatCannotBeRunIsRefused(String path) {
        assertThat(problems(Map.of("CLUSTER_FLUSH_COMMAND", path)))
                .containsExactly(
                        "cluster_flush_command = " + path + " (from environment variable CLUSTER_FLUSH_COMMAND):"
                                + " there is no such file, or it may not be executed");
    }

    @Test
    void aProbeEndsBeforeTheNextBegins() {
        assertThat(problems(Map.of("CLUSTER_DOVECOT_PROBE_INTERVAL", "2 s")))
                .singleElement()
                .asString()
                .contains("cluster_dovecot_probe_timeout (5 s", "cluster_dovecot_probe_interval (2 s");
    }
}
