package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.StandaloneConfig;

/** The ports of a Dovecot, and whether somebody answers there. */
final class DovecotPorts {

    private static final int CONNECT_MILLIS = 1000;
    private static final int GREETING_MILLIS = 1000;

    /** One of them, as {@code imap 127.0.0.1:143}. */
    record Port(Listener listener, InetSocketAddress address) {

        @Override
        public String toString() {
            return listener.name().toLowerCase(Locale.ROOT) + " " + address.getHostString() + ":" + address.getPort();
        }
    }

    private final List<Port> ports;
    private final boolean lmtpBeginsWithTls;

    DovecotPorts(StandaloneConfig config) {
        requireNonNull(config, "config is null");
        this.lmtpBeginsWithTls = config.snippet() instanceof BackendSnippet backend && backend.implicitTls();
        this.ports = config.listeners().entrySet().stream()
                .map(entry -> new Port(
                        entry.getKey(),
                        new InetSocketAddress(
                                entry.getValue().host(), entry.getValue().port())))
                .toList();
    }

    /** @throws IllegalStateException naming those that something else uses */
    void requireFree() {
        List<Port> taken =
                ports.stream().filter(port -> !FreePorts.isFree(port.address())).toList();
        if (!taken.isEmpty()) {
            throw new IllegalStateException("these ports are in use by something else, or cannot be used: "
                    + taken.stream().map(Port::toString).collect(joining(", ")) + "; choose others");
        }
    }

    /** Those that do not accept connections. */
    List<Port> silent() {
        return those(port -> !answers(port, false));
    }

    /** Those that do not greet a client, of the services that speak first. */
    List<Port> withoutGreeting() {
        return those(port -> switch (port.listener()) {
            case IMAP, POP3, SUBMISSION, SIEVE -> !answers(port, true);
            case LMTP -> !lmtpBeginsWithTls && !answers(port, true);
            default -> false;
        });
    }

    private List<Port> those(Predicate<Port> condition) {
        return ports.stream().filter(condition).toList();
    }

    private static boolean answers(Port port, boolean withGreeting) {
        try (Socket socket = new Socket()) {
            socket.connect(port.address(), CONNECT_MILLIS);
            socket.setSoTimeout(GREETING_MILLIS);
            return !withGreeting || socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
