package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Parts of a site that end, and come back. */
abstract class OutagesContract {

    private static final String BOB = "bob@example.org";

    abstract Lab lab();

    @Test
    void loginsGoOnAfterTheNodeWasKilled() {
        assertThat(lab().isServed(1, BOB)).isTrue();
        lab().site().node(1).kill();
        assertThat(lab().site().node(1).isRunning()).isFalse();
        lab().site().node(1).startAgain();
        lab().site().node(1).awaitReady(Duration.ofSeconds(30));
        lab().awaitServed(1, BOB);
    }

    @Test
    void loginsGoOnAfterDovecotWasReloaded() {
        lab().site().proxy(1).doveadm("reload");
        lab().awaitServed(1, BOB);
    }

    @Test
    void loginsAndDeliveriesGoOnAfterDovecotWasStoppedAndStarted() {
        lab().site().proxy(1).close();
        assertThat(lab().site().proxy(1).isRunning()).isFalse();
        assertThat(lab().isServed(1, BOB)).isFalse();

        lab().site().proxy(1).startAgain();
        everythingGoesOn();
    }

    @Test
    void loginsAndDeliveriesGoOnAfterBaseDirWasDeletedWhileDovecotWasDown() {
        lab().site().proxy(1).close();
        // Its node may be making its sockets there anew at that moment.
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            Folders.delete(lab().site().proxy(1).baseDir());
            return true;
        });

        lab().site().proxy(1).startAgain();
        everythingGoesOn();
    }

    private void everythingGoesOn() {
        lab().site().proxy(1).awaitGreetings(Duration.ofSeconds(30));
        lab().awaitServed(1, BOB);
        lab().deliver(1, BOB);
        assertThat(lab().site().proxy(1).doveadm("mailbox", "status", "-u", BOB, "messages", "INBOX"))
                .contains("messages=");
    }
}
