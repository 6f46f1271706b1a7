package org.pombal.node.localdb;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.GROUP_ROW;
import static org.pombal.node.localdb.Fixture.ONE;
import static org.pombal.node.localdb.Fixture.SITE_ROW;
import static org.pombal.node.localdb.Fixture.eventually;
import static org.pombal.node.localdb.Fixture.homeOf;
import static org.pombal.node.localdb.Fixture.user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.node.Warnings;
import org.pombal.node.localdb.LocalDbHealth.State;

/** A file that cannot be trusted is put aside and begun anew, and that is said once. */
class BrokenFileTest {

    private static final int PAGE = 4096;
    private static final int USERS = 4_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Warnings warnings = new Warnings("org.pombal.node.localdb");
    private final Fixture fixture;

    BrokenFileTest(@TempDir Path temporary) {
        fixture = new Fixture(temporary);
    }

    @AfterEach
    void close() {
        fixture.close();
        warnings.close();
    }

    @Test
    void aFileOfRandomBytesIsPutAside() throws IOException {
        fixture.close();
        byte[] bytes = randomBytes(100_000);
        Files.write(fixture.file(), bytes);
        fixture.reopen();
        expectBegunAnew("file is not a database");
        assertThat(fixture.aside()).hasBinaryContent(bytes);
    }

    @Test
    void aFileWithABadHeaderIsPutAside() throws IOException {
        fill();
        overwrite(0, randomBytes(16));
        fixture.reopen();
        expectBegunAnew("file is not a database");
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 5_000, 200_000})
    void aTruncatedFileIsPutAside(int length) throws IOException {
        fill();
        try (FileChannel file = FileChannel.open(fixture.file(), WRITE)) {
            file.truncate(length);
        }
        fixture.reopen();
        expectBegunAnew("");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFileWithoutContentIsAsGoodAsNone(int length) throws IOException {
        fill();
        Files.write(fixture.file(), new byte[length]);
        fixture.reopen();
        assertThat(fixture.db().health().state()).isEqualTo(State.OK);
        assertThat(fixture.db().homeOf(user(1))).isEmpty();
        assertThat(warnings.all()).isEmpty();
        expectWorks();
    }

    @Test
    void pagesOverwrittenWhileItWasClosedAreFoundByTheCheckAfterOpening() throws IOException {
        fill();
        long pages = Files.size(fixture.file()) / PAGE;
        for (long page = pages / 2; page < pages / 2 + 10; page++) {
            overwrite(page * PAGE, randomBytes(PAGE));
        }
        fixture.reopen();
        fixture.awaitRebuilds(1);
        expectBegunAnew("");
        assertThat(fixture.timesAsked).hasValue(1);
    }

    @Test
    void pagesOverwrittenWhileItIsOpenAreFoundByWhoNeedsThem() throws IOException {
        fill();
        fixture.reopen();
        eventually(() -> threadsNamed("pombal-localdb-check") == 0);
        long pages = Files.size(fixture.file()) / PAGE;
        for (long page = 1; page < pages; page++) {
            overwrite(page * PAGE, randomBytes(PAGE));
        }
        eventually(() -> {
            int number = random.nextInt(USERS);
            assertThat(fixture.db().homeOf(user(number))).isIn(Optional.empty(), Optional.of(homeOf(number)));
            return fixture.db().health().rebuilds() == 1;
        });
        fixture.awaitState(State.OK);
        expectBegunAnew("");
    }

    @Test
    void damageIsFoundByWritingToo() throws IOException {
        fill();
        fixture.reopen();
        eventually(() -> threadsNamed("pombal-localdb-check") == 0);
        long pages = Files.size(fixture.file()) / PAGE;
        for (long page = 1; page < pages; page++) {
            overwrite(page * PAGE, randomBytes(PAGE));
        }
        eventually(() -> {
            fixture.db().remember(user(random.nextInt()), ONE);
            return fixture.db().health().rebuilds() == 1;
        });
        fixture.awaitState(State.OK);
        expectBegunAnew("");
    }

    @Test
    void aRowThatMakesNoSenseGivesTheFileUp() throws SQLException {
        fixture.db().saveSites(List.of(SITE_ROW), List.of());
        fixture.awaitWritten();
        execute("UPDATE sites SET status = 'asleep'");
        assertThat(fixture.db().loadTopology()).isEqualTo(KeptTopology.EMPTY);
        fixture.awaitRebuilds(1);
        expectBegunAnew("'asleep' is not a site status");
    }

    @Test
    void aFileWithoutATableIsPutAside() throws SQLException {
        fixture.close();
        execute("DROP TABLE users");
        fixture.reopen();
        expectBegunAnew("no such table: users");
    }

    @Test
    void aDatabaseOfAnotherApplicationIsPutAside() throws SQLException, IOException {
        fixture.close();
        Files.delete(fixture.file());
        execute("CREATE TABLE something (id)");
        fixture.reopen();
        expectBegunAnew("another application");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Schema.VERSION - 1, Schema.VERSION + 1})
    void aFileOfAnotherSchemaVersionIsRemoved(int version) throws SQLException {
        fixture.db().remember(ANNA, ONE);
        fixture.db().markSyncedUntil(Instant.EPOCH);
        fixture.close();
        execute("PRAGMA user_version = " + version);
        fixture.reopen();
        assertThat(fixture.aside()).doesNotExist();
        assertThat(fixture.db().syncedUntil()).isEmpty();
        assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        assertThat(warnings.all()).singleElement().asString().contains("version " + version, "removed");
        expectWorks();
    }

    @Test
    void onlyTheLastBrokenFileIsKept() throws IOException {
        for (int i = 0; i < 3; i++) {
            fixture.close();
            Files.write(fixture.file(), randomBytes(10_000 + i));
            fixture.reopen();
        }
        assertThat(fixture.aside()).hasSize(10_002);
        try (var files = Files.list(fixture.folder)) {
            assertThat(files.filter(file -> file.toString().contains(".broken")))
                    .hasSize(1);
        }
    }

    /** Leaves a closed file with many users. */
    private void fill() {
        fixture.rememberUsers(USERS);
        fixture.db().saveGroups(List.of(GROUP_ROW));
        fixture.db().markSyncedUntil(Instant.EPOCH);
        fixture.close();
    }

    private void expectBegunAnew(String why) {
        assertThat(fixture.db().health().state()).as("seed %d", seed).isEqualTo(State.OK);
        assertThat(fixture.db().health().rebuilds()).isEqualTo(1);
        assertThat(fixture.db().syncedUntil()).isEmpty();
        assertThat(fixture.db().loadTopology()).isEqualTo(KeptTopology.EMPTY);
        assertThat(fixture.db().homeOf(user(1))).isEmpty();
        assertThat(fixture.aside()).exists();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .contains(fixture.file().toString(), why, "kept as " + fixture.aside());
        expectWorks();
    }

    private void expectWorks() {
        fixture.db().remember(ANNA, ONE);
        fixture.reopen();
        assertThat(fixture.db().homeOf(ANNA)).contains(ONE);
        assertThat(fixture.db().health().rebuilds()).isZero();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(fixture.file(), WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
