package org.pombal.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @Test
    void namesAreComparedInLowerCaseWithoutATrailingDot() {
        assertThat(new HostName("B1.Example.ORG.")).isEqualTo(new HostName("b1.example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b1", "b-1.x", "1b.example.org", "xn--bcher-kva.example", "3com.com"})
    void hostNamesAreAccepted(String name) {
        assertThat(new HostName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%eth0", "10.1", "2130706433", "1.2.3.4."})
    void addressesAreRefused(String address) {
        assertThatThrownBy(() -> new HostName(address)).hasMessageContaining("is an IP address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "-a", "a-", "a_b", "a b", "ä", "a/b", "a\tb"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> new HostName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthsAreBounded() {
        assertThatThrownBy(() -> new HostName("a".repeat(64))).hasMessageContaining("RFC 1123");
        assertThatThrownBy(() -> new HostName("a.".repeat(127) + "a")).hasMessageContaining("253");
    }
}
