package org.pombal.controller.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pombal.model.access.Role;

class SessionsTest {

    private static final Optional<String> KEY = Optional.of("k".repeat(43));
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T01:00:00Z"));
    private final InstantSource clock = now::get;
    private final Sessions sessions = new Sessions(KEY, HOUR, clock);

    @Test
    void isKnownUntilItsTimeIsOver() {
        Session session = sessions.begin("ana (1)", Role.OPERATOR);
        String sealed = sessions.seal(session);
        assertThat(sealed).doesNotContain("ana");
        assertThat(sessions.open(sealed)).contains(session);
        now.set(session.until().minusSeconds(1));
        assertThat(sessions.open(sealed)).contains(session);
        now.set(session.until());
        assertThat(sessions.open(sealed)).isEmpty();
    }

    @Test
    void isKnownToAllWhoHaveTheKeyAndToNobodyElse() {
        String sealed = sessions.seal(sessions.begin("ana", Role.VIEWER));
        assertThat(new Sessions(KEY, HOUR, clock).open(sealed)).isPresent();
        assertThat(new Sessions(Optional.of("l".repeat(43)), HOUR, clock).open(sealed))
                .isEmpty();
        assertThat(new Sessions(Optional.empty(), HOUR, clock).open(sealed)).isEmpty();
    }

    @Test
    void isNotKnownOnceItIsEnded() {
        Session ended = sessions.begin("ana", Role.ADMIN);
        Session other = sessions.begin("ana", Role.ADMIN);
        sessions.end(ended);
        assertThat(sessions.open(sessions.seal(ended))).isEmpty();
        assertThat(sessions.open(sessions.seal(other))).contains(other);
    }

    @Test
    void nonsenseIsNoSession() {
        for (String text : new String[] {"", "a.b.c", "a.b.c.d.e", "..", "\u0000", "eyJhbGciOiJub25lIn0.e30."}) {
            assertThat(sessions.open(text)).as(text).isEmpty();
        }
    }
}
