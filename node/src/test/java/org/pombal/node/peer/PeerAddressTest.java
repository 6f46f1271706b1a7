package org.pombal.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"a.example:24281", "10.0.0.1:1", "[2001:db8::1]:65535"})
    void whatWasReadIsWrittenAsItWas(String text) {
        assertThat(PeerAddress.parse(text)).hasToString(text);
    }

    @Test
    void bracketsAreNoPartOfTheHost() {
        assertThat(PeerAddress.parse("[::1]:80")).isEqualTo(new PeerAddress("::1", 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ":1", "a:", "a:0", "a:65536", "a:b", "*:1", "::1:80", "a b:1", "a/b:1", "a@b:1"})
    void otherTextsAreNoAddresses(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
