package org.pombal.dovecot.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCredentialsTest {

    @Test
    void aUserLogsInElsewhereAsHimself() {
        assertThat(fields("\0alice\0se\tcret")).isEqualTo("OK\tdestuser=alice\tpass=se\001tcret\n");
        assertThat(fields("alice\0alice\0pw")).isEqualTo("OK\tdestuser=alice\tpass=pw\n");
    }

    @Test
    void oneWhoActsAsAnotherDoesSoThereToo() {
        assertThat(fields("alice\0admin\0pw")).isEqualTo("OK\tdestuser=alice\tmaster=admin\tpass=pw\n");
        assertThat(fields("\0alice*admin\0pw")).isEqualTo("OK\tdestuser=alice*admin\tpass=pw\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "not base64!", "YQ==", "AGEAYgBj", "AP8AYQ=="})
    void whatIsNotOfThatFormIsNone(String base64) {
        assertThat(PlainCredentials.decode(base64.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(PlainCredentials.decode(Base64.getEncoder().encode("\0alice\0geheim".getBytes(UTF_8))))
                .get()
                .hasToString("credentials of alice");
    }

    private static String fields(String message) {
        LineBuilder line = new LineBuilder("OK");
        PlainCredentials.decode(Base64.getEncoder().encode(message.getBytes(UTF_8)))
                .orElseThrow()
                .appendTo(line);
        return new String(line.build(), UTF_8);
    }
}
