package org.pombal.model.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.backend.HostName;

class BackendNamesTest {

    private static final BackendNames NAMES = new BackendNames("dovecot-%{number}.dovecot.mail.svc", 0);

    @Test
    void aNumberAndAHostNameGoTogether() {
        assertThat(NAMES.host(12)).isEqualTo(new HostName("dovecot-12.dovecot.mail.svc"));
        assertThat(NAMES.number(new HostName("dovecot-12.dovecot.mail.svc"))).isEqualTo(OptionalInt.of(12));
        assertThat(NAMES.countUpTo(12)).isEqualTo(13);
        assertThat(new BackendNames("b%{number}.example.org", 1).countUpTo(3)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dovecot-x.dovecot.mail.svc",
                "dovecot-01.dovecot.mail.svc",
                "dovecot-1.dovecot.mail",
                "dovecot-1xdovecot.mail.svc",
                "other-1.dovecot.mail.svc",
                "dovecot-1234567.dovecot.mail.svc"
            })
    void otherNamesHaveNone(String host) {
        assertThat(NAMES.number(new HostName(host))).isEmpty();
    }

    @Test
    void namesBelowTheFirstAreOthers() {
        assertThat(new BackendNames("b%{number}.example.org", 5).number(new HostName("b4.example.org")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b.example.org", "b%{number}-%{number}.example.org", "B%{number}.example.org", "%{number}_x"})
    void aPatternNamesOneNumberAndMakesAHostName(String pattern) {
        assertThatThrownBy(() -> new BackendNames(pattern, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
