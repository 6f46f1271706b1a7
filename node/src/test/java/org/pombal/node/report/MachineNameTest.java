package org.pombal.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineNameTest {

    @Test
    void theKernelHasOne() {
        assertThat(MachineName.get()).isNotBlank().doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "p1, p1",
        "P1.Example.ORG, p1.example.org",
        "mail_proxy_1, mail-proxy-1",
        "_p1_, p1",
        "a..b, a.b",
        "p1-.example.org, p1.example.org",
        "42, host-42",
        "10.0.0.7, host-10-0-0-7",
        "___, localhost",
        "(none), none"
    })
    void oneThatIsNoHostNameIsMadeOne(String machine, String name) {
        assertThat(MachineName.asHostName(machine)).hasToString(name);
    }
}
