package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.SESSIONS;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pombal.dovecot.config.DovecotVersion;

/**
 * Whether a proxy can serve more sessions than Dovecot's defaults let it: a login process is busy with a session that it
 * passes on, and by default there is one session to a process and there are 100 processes of a kind.
 */
final class SessionsCheck implements DovecotCheck {

    /** What the defaults allow; who has no more has not thought about it. */
    private static final long BY_DEFAULT = 100;

    private static final long DEFAULT_CLIENT_LIMIT = 1000;
    private static final long DEFAULT_PROCESS_LIMIT = 100;

    /** Protocol, as in {@code protocols}, to its login service. Sessions of sieve are short. */
    private static final Map<String, String> SERVICES =
            new TreeMap<>(Map.of("imap", "imap-login", "pop3", "pop3-login", "submission", "submission-login"));

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        return facts.backend()
                ? Stream.empty()
                : SERVICES.entrySet().stream()
                        .filter(service -> facts.conf().serves(service.getKey()))
                        .flatMap(service -> enough(facts, service.getKey(), service.getValue()));
    }

    private static Stream<Finding> enough(DovecotFacts facts, String protocol, String service) {
        String setting = facts.version() == DovecotVersion.V2_3 ? "service_count" : "restart_request_count";
        boolean single = facts.conf().ofService(service, setting).orElse("1").equals("1");
        long each = single ? 1 : limit(facts, service, "client_limit", DEFAULT_CLIENT_LIMIT);
        long processes = limit(facts, service, "process_limit", DEFAULT_PROCESS_LIMIT);
        return each * processes > BY_DEFAULT
                ? Stream.empty()
                : Stream.of(Finding.warning(
                        SESSIONS,
                        "this proxy serves " + each * processes + " sessions of " + protocol + " at most: " + service
                                + " has " + processes + " processes with " + each + " each; set " + setting + " = "
                                + (facts.version() == DovecotVersion.V2_3 ? "0" : "unlimited")
                                + ", or a higher process_limit, in service " + service));
    }

    /** A limit of a service, or what stands for all services, or Dovecot's own. */
    private static long limit(DovecotFacts facts, String service, String name, long fallback) {
        return facts.conf()
                .ofService(service, name)
                .flatMap(SessionsCheck::number)
                .or(() -> facts.conf().global("default_" + name).flatMap(SessionsCheck::number))
                .orElse(fallback);
    }

    /** Zero means the default; what is no number is Dovecot's to complain about. */
    private static Optional<Long> number(String text) {
        if (text.equals("unlimited")) {
            return Optional.of((long) Integer.MAX_VALUE);
        }
        return text.matches("[1-9]\\d{0,8}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
