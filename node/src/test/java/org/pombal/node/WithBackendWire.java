package org.pombal.node;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.routing.UnknownUsers;

/** A backend's node at its sockets, another one for each test. Lines are shown with '|' for TAB. */
@Timeout(60)
abstract class WithBackendWire {

    @TempDir
    Path base;

    BackendWire wire;

    @BeforeEach
    void start() throws Exception {
        wire = new BackendWire(base, UnknownUsers.PLACE);
    }

    @AfterEach
    void stop() throws InterruptedException {
        wire.close();
    }
}
