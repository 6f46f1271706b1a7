package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    private static final List<String> NAMES = List.of("cluster_local_site", "cluster_localdb", "CASSANDRA_PORT");

    @ParameterizedTest
    @ValueSource(strings = {"cluster_local_sites", "cluster_locale_site", "Cluster_Local_Site", "cluster-local-site"})
    void finds_what_was_meant(String word) {
        assertThat(Spelling.closest(word, NAMES)).contains("cluster_local_site");
    }

    @Test
    void prefers_the_nearest() {
        assertThat(Spelling.closest("cluster_local_db", NAMES)).contains("cluster_localdb");
    }

    @Test
    void is_silent_when_nothing_is_near() {
        assertThat(Spelling.hint("mail_location", NAMES)).isEmpty();
    }
}
