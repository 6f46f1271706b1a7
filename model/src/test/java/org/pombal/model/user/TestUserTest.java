package org.pombal.model.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;

class TestUserTest {

    private static final HostName B1 = new HostName("b1.example.org");

    @Test
    void hisNameMayHaveTheBackendsHostName() {
        assertThat(new TestUser("probe-%{backend_host}").on(B1)).isEqualTo(new UserKey("probe-b1.example.org"));
        assertThat(new TestUser("probe").on(B1)).isEqualTo(new UserKey("probe"));
    }

    @Test
    void otherVariablesAndWhatIsNoNameAreRefused() {
        assertThatThrownBy(() -> new TestUser("probe-%{user}")).hasMessageContaining("%{backend_host}");
        assertThatThrownBy(() -> new TestUser("100%")).hasMessageContaining("%{backend_host}");
        assertThatThrownBy(() -> new TestUser("")).hasMessageContaining("empty");
    }
}
