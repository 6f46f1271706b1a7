package org.pombal.dovecot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeGroupTest {

    @Test
    void onlyABackendsNodeMayAskAsMailProcessesDo() {
        NodeGroup group = new NodeGroup("pombal");

        assertThat(group.proxyText()).containsOnlyOnce("group = pombal").doesNotContain("auth-master");
        assertThat(group.backendText()).contains("unix_listener auth-master {\n    group = pombal\n    mode = 0660\n");
    }

    @Test
    void whatIsNoGroupIsRefused() {
        assertThatThrownBy(() -> new NodeGroup("pombal }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'pombal }'");
    }
}
