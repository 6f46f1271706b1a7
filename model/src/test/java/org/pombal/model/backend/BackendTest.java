package org.pombal.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;

class BackendTest {

    @Test
    void aNewBackendWaitsInStandbyWithAFullShare() {
        Backend added = Backend.added(BackendId.random(), SiteId.random(), new HostName("b1.test"));

        assertThat(added.status()).isEqualTo(BackendStatus.STANDBY);
        assertThat(added.loadFactor()).isEqualTo(LoadFactor.FULL);
        assertThat(added.takesNewGroups()).isFalse();
        assertThat(added.withStatus(BackendStatus.ONLINE).takesNewGroups()).isTrue();
        assertThat(added.withStatus(BackendStatus.ONLINE)
                        .withLoadFactor(LoadFactor.DRAIN)
                        .takesNewGroups())
                .isFalse();
    }

    @Test
    void loadFactorsOutsideZeroToHundredAreRefused() {
        assertThatThrownBy(() -> new LoadFactor(101))
                .hasMessageContaining("101")
                .hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> new LoadFactor(-1)).hasMessageContaining("-1");
    }

    @Test
    void statusesAreReadByTheirNames() {
        assertThat(BackendStatus.parse("standby")).isEqualTo(BackendStatus.STANDBY);
        assertThat(SiteStatus.parse("evacuate")).isEqualTo(SiteStatus.EVACUATE);
        assertThatThrownBy(() -> BackendStatus.parse("evacuate")).hasMessageContaining("online, offline, standby");
        assertThatThrownBy(() -> SiteStatus.parse("ONLINE")).hasMessageContaining("'ONLINE'");
    }
}
