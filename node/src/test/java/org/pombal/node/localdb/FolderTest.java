package org.pombal.node.localdb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.BERTA;
import static org.pombal.node.localdb.Fixture.ONE;
import static org.pombal.node.localdb.Fixture.TWO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.Warnings;
import org.pombal.node.localdb.LocalDbHealth.State;

/** Folders and files that cannot be used: the node works without LocalDB, says why, and takes it when it can. */
class FolderTest {

    private final Warnings warnings = new Warnings("org.pombal.node.localdb");
    private final Path temporary;

    FolderTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @AfterEach
    void close() {
        warnings.close();
    }

    @Test
    void aFolderThatCannotBeMadeIsToldOnceAndTriedAgain() throws IOException {
        Path inTheWay = Files.createFile(temporary.resolve("file"));
        try (Fixture fixture = new Fixture(inTheWay.resolve("localdb"))) {
            expectUnavailable(fixture, inTheWay.toString());
            Files.delete(inTheWay);
            expectUsableNow(fixture);
        }
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsLeftAlone() throws IOException {
        Path inTheWay = Files.createDirectories(temporary.resolve("localdb.sqlite"));
        try (Fixture fixture = new Fixture(temporary)) {
            expectUnavailable(fixture, "SQLITE_CANTOPEN");
            Files.delete(inTheWay);
            expectUsableNow(fixture);
        }
    }

    @Test
    void aFolderThatMayNotBeWrittenIsToldOnceAndTriedAgain() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("localdb"));
        protect(folder, "r-xr-xr-x");
        try (Fixture fixture = new Fixture(folder)) {
            expectUnavailable(fixture, folder.toString());
            unprotect(folder, "rwxr-xr-x");
            expectUsableNow(fixture);
        } finally {
            unprotect(folder, "rwxr-xr-x");
        }
    }

    @Test
    void aFileThatMayNotBeWrittenIsAnsweredFromUntilItMay() throws Exception {
        try (Fixture fixture = new Fixture(temporary)) {
            fixture.db().remember(ANNA, ONE);
            fixture.db().close();
            protect(fixture.file(), "r--r--r--");
            fixture.reopen();
            fixture.db().remember(BERTA, TWO);
            fixture.awaitState(State.READ_ONLY);
            assertThat(fixture.db().homeOf(ANNA)).contains(ONE);
            assertThat(fixture.db().health().detail()).contains("readonly");
            assertThat(warnings.all()).singleElement().asString().contains("cannot be written", "readonly");
            fixture.db().close();
            for (String suffix : List.of("", "-wal", "-shm")) {
                unprotect(fixture.folder.resolve("localdb.sqlite" + suffix), "rw-------");
            }
            fixture.reopen();
            fixture.db().remember(BERTA, TWO);
            fixture.awaitWritten();
            assertThat(fixture.db().health().state()).isEqualTo(State.OK);
            assertThat(fixture.reopen().homeOf(BERTA)).contains(TWO);
        } finally {
            unprotect(temporary.resolve("localdb.sqlite"), "rw-------");
        }
    }

    @Test
    void aFolderRemovedWhileItIsInUseIsMadeAgainForTheNextFile() throws Exception {
        try (Fixture fixture = new Fixture(temporary.resolve("localdb"))) {
            fixture.db().remember(ANNA, ONE);
            fixture.awaitWritten();
            try (var files = Files.list(fixture.folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(fixture.folder);
            fixture.db().discard("its folder was removed");
            fixture.awaitRebuilds(1);
            fixture.db().remember(BERTA, TWO);
            assertThat(fixture.reopen().homeOf(BERTA)).contains(TWO);
            assertThat(fixture.db().homeOf(ANNA)).isEmpty();
        }
    }

    private void expectUnavailable(Fixture fixture, String why) {
        LocalDb localDb = fixture.db();
        assertThat(localDb.health().state()).isEqualTo(State.UNAVAILABLE);
        assertThat(localDb.health().detail()).contains(why);
        localDb.remember(ANNA, ONE);
        localDb.forget(ANNA);
        assertThat(localDb.homeOf(ANNA)).isEmpty();
        assertThat(localDb.loadTopology()).isEqualTo(KeptTopology.EMPTY);
        assertThat(localDb.syncedUntil()).isEmpty();
        assertThat(warnings.all()).singleElement().asString().contains("cannot be used", why, "tried again");
    }

    private void expectUsableNow(Fixture fixture) {
        fixture.awaitState(State.OK);
        assertThat(warnings.all()).hasSize(1);
        fixture.db().remember(ANNA, ONE);
        assertThat(fixture.reopen().homeOf(ANNA)).contains(ONE);
    }

    /** Permissions bind everybody but root; for root the file is made immutable where the file system can. */
    private static void protect(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        if (Files.isWritable(path)) {
            assumeTrue(changeAttribute("+i", path), "needs a user other than root, or a file system with chattr +i");
        }
    }

    private static void unprotect(Path path, String permissions) throws Exception {
        changeAttribute("-i", path);
        if (Files.exists(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static boolean changeAttribute(String change, Path path) throws Exception {
        Process process = new ProcessBuilder("chattr", change, path.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, SECONDS) && process.exitValue() == 0;
    }
}
