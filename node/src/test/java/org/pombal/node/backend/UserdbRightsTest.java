package org.pombal.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.backend.UserdbRights.Rights;
import org.pombal.node.relay.Peer;

class UserdbRightsTest {

    private static final int OPEN = 0666;
    private static final Peer MAIL_USER = new Peer(1, 5000, 5000);

    @Test
    void anOpenSocketShowsMailUsersThemselvesOnly() {
        assertThat(UserdbRights.of(MAIL_USER, 0, 0, OPEN)).isEqualTo(Rights.OWN_USER_ID);
        assertThat(UserdbRights.of(MAIL_USER, 5000, 0, OPEN)).isEqualTo(Rights.ALL);
        assertThat(UserdbRights.of(MAIL_USER, 0, 5000, OPEN)).isEqualTo(Rights.ALL);
    }

    @Test
    void aSocketWithOtherRightsIsOpenToWhomItsRightsLetIn() {
        assertThat(UserdbRights.of(MAIL_USER, 5000, 0, 0600)).isEqualTo(Rights.ALL);
        assertThat(UserdbRights.of(MAIL_USER, 0, 5000, 0660)).isEqualTo(Rights.ALL);
        assertThat(UserdbRights.of(MAIL_USER, 0, 0, 0660)).isEqualTo(Rights.NONE);
        assertThat(UserdbRights.of(MAIL_USER, 0, 0, 0777)).isEqualTo(Rights.ALL);
        // As for files, the owner's rights go before the group's.
        assertThat(UserdbRights.of(MAIL_USER, 5000, 5000, 0060)).isEqualTo(Rights.NONE);
    }

    @Test
    void rootMayAskWhateverTheSocket(@TempDir Path folder) {
        UserdbRights rights = new UserdbRights(folder.resolve("missing"));

        assertThat(rights.of(new Peer(1, 0, 0))).isEqualTo(Rights.ALL);
        assertThat(rights.of(MAIL_USER)).isEqualTo(Rights.NONE);
        assertThat(rights.allow(MAIL_USER, OptionalLong.of(5000))).isFalse();
    }
}
