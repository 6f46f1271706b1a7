package org.pombal.bench.moves;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.pombal.bench.kit.ProcessNames;

/** What lets a Dovecot 2.3 have thousands of sessions, the same for all peers. */
final class ManySessions {

    /** On top of a site's own configuration. */
    static final String CONFIG = """
            default_client_limit = 12000
            default_vsz_limit = 1G
            service imap-login {
              service_count = 0
              client_limit = 5000
              process_min_avail = 2
            }
            service imap {
              process_limit = 4096
            }
            """;

    private ManySessions() {}

    /**
     * How many IMAP sessions a Dovecot has.
     *
     * @param baseDir where it leaves the id of its master process
     */
    static int count(Path baseDir) {
        return (int) processes(baseDir)
                .filter(pid -> ProcessNames.of(pid).equals("imap"))
                .count();
    }

    /** Ids of a Dovecot's processes, the master's too; none if it does not run. */
    static Stream<Long> processes(Path baseDir) {
        Path file = baseDir.resolve("master.pid");
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).stream()
                    .flatMap(master -> Stream.concat(Stream.of(master), master.descendants()))
                    .map(ProcessHandle::pid);
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
