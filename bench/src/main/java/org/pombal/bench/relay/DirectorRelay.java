package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.pombal.bench.kit.ProcessNames;
import org.pombal.bench.kit.Stopping;
import org.pombal.demo.server.GuardedProcess;

/**
 * Dovecot 2.3's own director, as a ring of one. It connects to {@code auth-login} in base_dir, its root
 * folder; there a hard link leads to the stand-in for auth.
 *
 * <p>Source: {@code src/director/main.c} of Dovecot 2.3.
 */
final class DirectorRelay implements Relay {

    private static final String CONFIG = """
            base_dir = %1$s/run
            state_dir = %1$s/state
            log_path = %1$s/dovecot.log
            instance_name = pombal-bench
            protocols =
            ssl = no
            director_servers = 127.0.0.1:%2$d
            director_mail_servers = 127.0.77.11 127.0.77.12 127.0.77.13
            service director {
              unix_listener login/director {
                mode = 0666
              }
              inet_listener {
                address = 127.0.0.1
                port = %2$d
              }
            }
            service auth {
              unix_listener auth-login {
                mode = 0
              }
            }
            """;

    private final GuardedProcess dovecot;
    private final Path socket;

    private DirectorRelay(GuardedProcess dovecot, Path socket) {
        this.dovecot = dovecot;
        this.socket = socket;
    }

    /** @param port free on 127.0.0.1 */
    static DirectorRelay start(Path folder, Path authSocket, int port) {
        requireNonNull(authSocket, "authSocket is null");
        try {
            Files.createDirectories(folder.resolve("run"));
            Files.createLink(folder.resolve("run/auth-login"), authSocket);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path config = folder.resolve("dovecot.conf");
            Files.writeString(config, CONFIG.formatted(folder, port));
            GuardedProcess dovecot = GuardedProcess.start(
                    "Dovecot with director",
                    List.of("dovecot", "-F", "-c", config.toString()),
                    folder.resolve("stderr"));
            Path socket = folder.resolve("run/login/director");
            try {
                Stopping.await("the director's start", Stopping.PATIENCE, () -> accepts(socket));
            } catch (IllegalStateException e) {
                dovecot.stop(Stopping.PATIENCE);
                throw e;
            }
            return new DirectorRelay(dovecot, socket);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + " for the director", e);
        }
    }

    private static boolean accepts(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "director";
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public boolean namesHosts() {
        return true;
    }

    /** The director alone, without Dovecot's master, log and anvil processes. */
    @Override
    public Set<Long> processes() {
        return dovecot.processes().stream()
                .filter(pid -> ProcessNames.of(pid).equals("director"))
                .collect(Collectors.toSet());
    }

    @Override
    public OptionalDouble ownBytesPerUser() {
        return OptionalDouble.empty();
    }

    @Override
    public void close() {
        dovecot.stop(Stopping.PATIENCE);
    }
}
