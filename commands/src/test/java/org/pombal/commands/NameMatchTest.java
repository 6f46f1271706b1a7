package org.pombal.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMatchTest {

    /** The first cases are those of Dovecot's own test of i_strccdascmp(). */
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', -, false",
        "-, '', false",
        "-, -, true",
        "a, a, true",
        "a-, a-, true",
        "ca, ba, false",
        "camel case, camel case, true",
        "camel case, camel-case, true",
        "camel case, camelCase, true",
        "camelCase, camel-case, true",
        "camel case, camel Case, false",
        "camel-case, camel Case, false",
        "camel dase, camel case, false",
        "load-factor, loadfactor, false",
        "load-factor, LoadFactor, false",
        "load-factor, loadFactors, false",
        "load-, loadX, false",
        "loadX, load-, false",
    })
    void compares_as_doveadm_does(String name, String given, boolean same) {
        assertThat(NameMatch.matches(name, given)).isEqualTo(same);
        assertThat(NameMatch.matches(given, name)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"cluster backend add, clusterBackendAdd", "load-factor, loadFactor", "ip, ip"})
    void writes_names_as_doveadm_lists_them(String name, String camel) {
        assertThat(NameMatch.camelCase(name)).isEqualTo(camel);
    }
}
