package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.DovecotVersion;

/** The file that {@code pombal export routes} writes, as docs/operations-break-glass.md has proxies use it; no node runs. */
class RouteFileTest {

    @ParameterizedTest
    @EnumSource
    void routesUsersAndLeavesTheirPasswordsToTheBackend(DovecotVersion version) {
        DovecotPair pair = DovecotPair.of(version);

        pair.loginAndOut("rita", "secret");
        pair.loginAndOut("Rita", "secret");
        assertThatThrownBy(() -> pair.loginAndOut("rita", "wrong")).isInstanceOf(MailException.class);
        assertThatThrownBy(() -> pair.loginAndOut("nobody", "secret")).isInstanceOf(MailException.class);
    }
}
