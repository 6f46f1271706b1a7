package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.LOGINS;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether login processes ask the node and not Dovecot's auth. */
final class LoginsCheck implements DovecotCheck {

    private static final String SOCKET = "pombal/cluster";

    /** Protocol, as in {@code protocols}, to its login service. */
    private static final Map<String, String> SERVICES = new TreeMap<>(Map.of(
            "imap",
            "imap-login",
            "pop3",
            "pop3-login",
            "submission",
            "submission-login",
            "sieve",
            "managesieve-login"));

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        return SERVICES.entrySet().stream()
                .filter(entry -> facts.conf().serves(entry.getKey()))
                .flatMap(entry -> switch (facts.version()) {
                    case V2_3 -> byExecutable(facts, entry.getValue());
                    case V2_4 -> bySetting(facts, entry.getKey());
                });
    }

    private static Stream<Finding> byExecutable(DovecotFacts facts, String service) {
        String executable = facts.executable(service);
        return executable.endsWith(" " + SOCKET)
                ? Stream.empty()
                : Stream.of(Finding.error(
                        LOGINS,
                        service + " does not ask the node, its executable is '" + executable + "'; set executable = "
                                + service + " " + SOCKET + " in service " + service));
    }

    private static Stream<Finding> bySetting(DovecotFacts facts, String protocol) {
        Optional<String> socket = facts.conf().inProtocol(protocol, "login_socket_path");
        return socket.filter(SOCKET::equals).isPresent()
                ? Stream.empty()
                : Stream.of(Finding.error(
                        LOGINS,
                        "logins by " + protocol + " do not ask the node, their login_socket_path is '"
                                + socket.orElse("") + "'; set login_socket_path = " + SOCKET
                                + " and remove others from protocol blocks"));
    }
}
