package org.pombal.node.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.GROUP_ROW;
import static org.pombal.node.localdb.Fixture.ONE;
import static org.pombal.node.localdb.Fixture.SITE_ROW;
import static org.pombal.node.localdb.Fixture.TWO;
import static org.pombal.node.localdb.Fixture.eventually;
import static org.pombal.node.localdb.Fixture.user;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.Warnings;
import org.pombal.node.localdb.LocalDbHealth.State;

/** What happens to changes that cannot be written, here because somebody else holds the database's write lock. */
class OverflowTest {

    private static final int CAPACITY = 40;

    private final Warnings warnings = new Warnings("org.pombal.node.localdb");
    private final Fixture fixture;

    OverflowTest(@TempDir Path temporary) {
        fixture = new Fixture(LocalDbSettings.in(temporary).withMaxPendingWrites(CAPACITY));
        fixture.db().remember(ANNA, ONE);
        fixture.db().markSyncedUntil(Instant.EPOCH);
        fixture.awaitWritten();
    }

    @AfterEach
    void close() {
        fixture.close();
        warnings.close();
    }

    @Test
    void usersThatFindNoRoomAreDroppedAndCounted() throws SQLException {
        try (Connection other = lockForWriting()) {
            for (int i = 0; i < CAPACITY; i++) {
                fixture.db().remember(user(i), ONE);
            }
            assertThat(fixture.db().health().droppedWrites()).isEqualTo(CAPACITY / 4);
            assertThat(fixture.db().homeOf(user(0))).contains(ONE);
            assertThat(fixture.db().homeOf(user(CAPACITY - 1))).isEmpty();
            release(other);
        }
        fixture.awaitWritten();
        assertThat(fixture.reopen().homeOf(user(0))).contains(ONE);
        assertThat(fixture.db().homeOf(ANNA)).contains(ONE);
        assertThat(fixture.db().health().rebuilds()).isZero();
    }

    @Test
    void roomIsKeptForWhatMustNotBeMissed() throws SQLException {
        try (Connection other = lockForWriting()) {
            for (int i = 0; i < CAPACITY; i++) {
                fixture.db().remember(user(i), ONE);
            }
            fixture.db().forget(ANNA);
            fixture.db().saveGroups(List.of(GROUP_ROW));
            release(other);
        }
        fixture.awaitWritten();
        fixture.reopen();
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().loadTopology().groups()).containsExactly(GROUP_ROW);
        assertThat(fixture.db().health().rebuilds()).isZero();
    }

    @Test
    void whenAForgetFindsNoRoomAllContentIsGivenUp() throws SQLException {
        try (Connection other = lockForWriting()) {
            fixture.db().remember(ANNA, TWO);
            for (int i = 1; i < CAPACITY; i++) {
                fixture.db().forget(user(i));
            }
            assertThat(fixture.db().homeOf(ANNA)).contains(TWO);
            fixture.db().forget(ANNA);
            expectNothingKnown();
            fixture.db().markSyncedUntil(Instant.EPOCH.plusSeconds(1));
            release(other);
        }
        expectBegunAnew();
    }

    @Test
    void whenASaveFindsNoRoomAllContentIsGivenUp() throws SQLException {
        try (Connection other = lockForWriting()) {
            for (int i = 0; i <= CAPACITY; i++) {
                fixture.db().saveSites(List.of(SITE_ROW), List.of());
            }
            expectNothingKnown();
            release(other);
        }
        expectBegunAnew();
    }

    @Test
    void aLockOfAnotherProcessIsToldOnceAndWaitedFor() throws SQLException {
        try (Connection other = lockForWriting()) {
            fixture.db().remember(ANNA, TWO);
            fixture.awaitState(State.READ_ONLY);
            assertThat(fixture.db().health().detail()).contains("locked");
            assertThat(fixture.db().homeOf(ANNA)).contains(TWO);
            release(other);
        }
        fixture.awaitState(State.OK);
        fixture.awaitWritten();
        assertThat(warnings.all()).singleElement().asString().contains("cannot be written", "locked");
        assertThat(fixture.reopen().homeOf(ANNA)).contains(TWO);
    }

    private void expectNothingKnown() {
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(fixture.db().syncedUntil()).isEmpty();
    }

    private void expectBegunAnew() {
        fixture.awaitRebuilds(1);
        eventually(() -> fixture.timesAsked.get() == 1);
        expectNothingKnown();
        fixture.reopen();
        expectNothingKnown();
        assertThat(warnings.all())
                .filteredOn(warning -> warning.contains("begun anew"))
                .singleElement()
                .asString()
                .contains("more than " + CAPACITY + " changes");
    }

    private Connection lockForWriting() throws SQLException {
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        execute(other, "BEGIN IMMEDIATE");
        return other;
    }

    private static void release(Connection other) throws SQLException {
        execute(other, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
