package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pombal.geodb.memory.Fault;
import org.pombal.node.routing.UnknownUsers;

/** Whom a backend's node lets in when GeoDB does not answer, or does not know him. */
class BackendOutageWireTest extends WithBackendWire {

    @Test
    void withoutGeoDbThoseInMemoryAreServedAndOthersGetATemporaryFailure() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            line.exchange(BackendWire.LOGIN, "OK|1|user=mine").client().receive();
            line.exchange(BackendWire.LOGIN, "OK|1|user=foreign").client().receive();
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
            wire.cluster.fault = new Fault.Unavailable();

            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=mine")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=mine");
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=unknown")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=unknown|code=temp_fail");
        }
    }

    @Test
    void aListThatWouldLackUsersIsNone() throws Exception {
        try (BackendWire.Line line = wire.lookups()) {
            line.exchange("LIST|1|service=doveadm", "LIST|1|mine", "DONE|1|");
            assertThat(line.client().receive()).isEqualTo("LIST|1|mine");
            assertThat(line.client().receive()).isEqualTo("DONE|1|");
            wire.cluster.fault = new Fault.Unavailable();
            line.exchange("LIST|1|service=doveadm", "LIST|1|unknown", "DONE|1|");
            assertThat(line.client().receive()).as("a list that lacks users").isEqualTo("DONE|1|fail");
        }
    }

    @Test
    void unknownUsersAreRefusedWhereTheyMustNotBePlaced() throws Exception {
        try (BackendWire strict = new BackendWire(base, UnknownUsers.REFUSE);
                BackendWire.Line line = strict.logins()) {
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=unknown")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=unknown|code=temp_fail");
            assertThat(strict.isKnown("unknown")).isFalse();
        }
    }
}
