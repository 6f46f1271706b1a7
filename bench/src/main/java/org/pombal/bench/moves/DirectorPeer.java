package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.pombal.bench.kit.Stopping;
import org.pombal.demo.server.Commands;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.GuardedProcess;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.ServerAddress;

/**
 * A site with the director of Dovecot 2.3, as a ring of one, with its own defaults: a proxy and backends that know nothing of it.
 *
 * <p>Source: {@code src/director} and {@code doc/man/doveadm-director.1.in} of Dovecot 2.3.
 */
final class DirectorPeer implements MovesPeer {

    private static final String NETWORK = "127.0.79";
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(15);

    private static final String COMMON = """
            base_dir = %1$s/run
            state_dir = %1$s/state
            log_path = %1$s/dovecot.log
            instance_name = %2$s
            listen = %3$s
            protocols = imap
            ssl = no
            auth_verbose = yes
            verbose_proctitle = yes
            disable_plaintext_auth = no
            login_trusted_networks = 127.0.0.0/8
            service imap-login {
              inet_listener imap {
                port = %4$d
              }
              inet_listener imaps {
                port = 0
              }
            }
            """ + ManySessions.CONFIG;

    private static final String PROXY = """
            passdb {
              driver = passwd-file
              args = %1$s
              override_fields = proxy=y port=%2$d
            }
            director_servers = %3$s:%4$d
            director_mail_servers = %5$s
            service director {
              unix_listener login/director {
                mode = 0666
              }
              fifo_listener login/proxy-notify {
                mode = 0666
              }
              inet_listener {
                address = %3$s
                port = %4$d
              }
            }
            service ipc {
              unix_listener ipc {
                user = dovecot
              }
            }
            service imap-login {
              executable = imap-login director
            }
            """;

    private static final String BACKEND = """
            passdb {
              driver = passwd-file
              args = %1$s
            }
            userdb {
              driver = passwd-file
              args = %1$s
              default_fields = uid=5000 gid=5000 home=%2$s/mail/%%u
            }
            first_valid_uid = 5000
            first_valid_gid = 5000
            mail_location = sdbox:~/sdbox
            namespace inbox {
              inbox = yes
            }
            """;

    private final Path folder;
    private final int port;
    private final int backendCount;
    private final List<GuardedProcess> processes = new ArrayList<>();

    private DirectorPeer(Path folder, int port, int backendCount) {
        this.folder = folder;
        this.port = port;
        this.backendCount = backendCount;
    }

    /** Starts everything; returns when users may log in. */
    static DirectorPeer start(Path folder, List<String> users, int backends) {
        requireNonNull(folder, "folder is null");
        FreePorts ports = new FreePorts(new Random());
        DirectorPeer peer = new DirectorPeer(folder, ports.one(NETWORK + ".1"), backends);
        try {
            peer.startAll(users, ports.one(NETWORK + ".1"));
            return peer;
        } catch (IOException e) {
            peer.close();
            throw new UncheckedIOException("cannot prepare " + folder, e);
        } catch (RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    private void startAll(List<String> users, int ring) throws IOException {
        open(folder);
        Path accounts = folder.resolve("users");
        Files.writeString(
                accounts,
                Account.passwdFile(
                        users.stream().map(user -> new Account(user, PASSWORD)).toList()));
        Files.setPosixFilePermissions(accounts, PosixFilePermissions.fromString("rw-r--r--"));
        for (int number = 1; number <= backendCount; number++) {
            Path home = folder.resolve("backend" + number);
            open(home);
            open(home.resolve("mail"));
            Files.setPosixFilePermissions(home.resolve("mail"), PosixFilePermissions.fromString("rwxrwxrwx"));
            start(home, "backend" + number, backend(number), BACKEND.formatted(accounts, home));
        }
        Path home = folder.resolve("proxy");
        open(home);
        String servers =
                IntStream.rangeClosed(1, backendCount).mapToObj(this::backend).collect(joining(" "));
        start(home, "proxy", NETWORK + ".1", PROXY.formatted(accounts, port, NETWORK + ".1", ring, servers));
        for (int number = 0; number <= backendCount; number++) {
            ServerAddress address = new ServerAddress(number == 0 ? NETWORK + ".1" : backend(number), port);
            Stopping.await("the greeting of " + address, START, () -> Greeting.isSaid(address));
        }
    }

    private static void open(Path made) throws IOException {
        Files.createDirectories(made);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void start(Path home, String name, String address, String more) throws IOException {
        Path config = home.resolve("dovecot.conf");
        Files.writeString(config, COMMON.formatted(home, name, address, port) + more);
        processes.add(GuardedProcess.start(
                "Dovecot " + name, List.of("dovecot", "-F", "-c", config.toString()), home.resolve("stderr")));
    }

    private String backend(int number) {
        return NETWORK + "." + (10 + number);
    }

    @Override
    public String name() {
        return "director";
    }

    @Override
    public ServerAddress imap() {
        return new ServerAddress(NETWORK + ".1", port);
    }

    /** The director goes by the hash of a name; as long as only one backend has weight, all go there. */
    @Override
    public void home(List<String> users, int backend) {
        weigh(number -> number == backend ? 100 : 0);
    }

    @Override
    public void settle() {
        weigh(number -> 100);
    }

    private void weigh(IntUnaryOperator weight) {
        for (int number = 1; number <= backendCount; number++) {
            director("update", backend(number), String.valueOf(weight.applyAsInt(number)));
        }
    }

    @Override
    public void move(List<String> users, int backend) {
        users.forEach(user -> director("move", user, backend(backend)));
    }

    @Override
    public void drain(int backend) {
        director("update", backend(backend), "0");
        // Returns when all are gone.
        Thread flush = new Thread(() -> director("flush", backend(backend)), "director-flush");
        flush.setDaemon(true);
        flush.start();
    }

    private void director(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("doveadm", "-c", folder.resolve("proxy/dovecot.conf").toString(), "director"));
        command.addAll(List.of(arguments));
        Commands.run(command);
    }

    @Override
    public void stop(int backend) {
        Thread stop = new Thread(() -> processes.get(backend - 1).stop(STOP), "backend-stop");
        stop.setDaemon(true);
        stop.start();
    }

    @Override
    public void kill(int backend) {
        Kill.all(processes.get(backend - 1).processes());
    }

    @Override
    public int sessions(int backend) {
        return ManySessions.count(processes.get(backend - 1).processes());
    }

    @Override
    public void close() {
        processes.forEach(process -> process.stop(STOP));
    }
}
