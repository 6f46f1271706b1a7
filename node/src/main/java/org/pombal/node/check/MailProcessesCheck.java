package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.MAIL_PROCESSES;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pombal.dovecot.config.MasterSocketBy;

/**
 * Whether a backend's mail processes ask the node when they take a login over, and whether the end of a process tells that
 * it has let go of a mailbox: one client at a time, and lmtp and indexer-worker do one thing in their life.
 */
final class MailProcessesCheck implements DovecotCheck {

    private static final String SOCKET = "pombal/auth-master";

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        if (!facts.backend()) {
            return Stream.empty();
        }
        Stream<Finding> asking = Stream.of("imap", "pop3", "submission")
                .filter(service -> facts.conf().serves(service))
                .flatMap(service -> asks(facts, service));
        return Stream.of(
                        asking,
                        sieve(facts),
                        services(facts).stream().flatMap(service -> oneClient(facts, service)),
                        Stream.of("lmtp", "indexer-worker")
                                .filter(services(facts)::contains)
                                .flatMap(service -> oneTask(facts, service)))
                .flatMap(found -> found);
    }

    private static List<String> services(DovecotFacts facts) {
        return Stream.of("imap", "pop3", "submission", "managesieve", "lmtp", "indexer-worker")
                .filter(service -> service.equals("indexer-worker")
                        || facts.conf().serves(service.equals("managesieve") ? "sieve" : service))
                .toList();
    }

    private static Stream<Finding> asks(DovecotFacts facts, String service) {
        return switch (MasterSocketBy.of(facts.conf().release())) {
            case OPTION -> asksByOption(facts, service);
            case SETTING -> asksBySetting(facts, service);
        };
    }

    private static Stream<Finding> asksByOption(DovecotFacts facts, String service) {
        String executable = facts.executable(service);
        boolean asksNode = Stream.of(SOCKET, facts.baseDir().resolve(SOCKET).toString())
                .anyMatch(socket -> (executable + " ").contains(" -a " + socket + " "));
        return asksNode
                ? Stream.empty()
                : Stream.of(Finding.error(
                        MAIL_PROCESSES,
                        service + " does not ask the node, its executable is '" + executable + "'; set executable = "
                                + service + " -a " + SOCKET + " in service " + service));
    }

    private static Stream<Finding> asksBySetting(DovecotFacts facts, String service) {
        String executable = facts.executable(service);
        if ((executable + " ").contains(" -a ")) {
            return Stream.of(Finding.error(
                    MAIL_PROCESSES,
                    service + " does not start, its executable is '" + executable + "' and Dovecot "
                            + facts.conf().release() + " has no option -a; set auth_master_socket_path instead"));
        }
        // Whole, since managesieve starts in another folder than the others.
        String expected = facts.baseDir().resolve(SOCKET).toString();
        String value =
                facts.conf().inProtocol(service, "auth_master_socket_path").orElse("auth-master");
        return value.equals(expected)
                ? Stream.empty()
                : Stream.of(Finding.error(
                        MAIL_PROCESSES,
                        service + " does not ask the node, its auth_master_socket_path is '" + value
                                + "'; set auth_master_socket_path = " + expected));
    }

    private static Stream<Finding> sieve(DovecotFacts facts) {
        String folder = facts.baseDir().resolve("pombal").toString();
        String executable = facts.executable("managesieve");
        return !facts.conf().serves("sieve")
                        || Pattern.compile("env -C " + Pattern.quote(folder) + "/? .*managesieve")
                                .matcher(executable)
                                .find()
                ? Stream.empty()
                : Stream.of(Finding.error(
                        MAIL_PROCESSES,
                        "managesieve does not ask the node, its executable is '" + executable
                                + "'; set executable = /usr/bin/env -C " + folder
                                + " /usr/lib/dovecot/managesieve in service managesieve"));
    }

    private static Stream<Finding> oneClient(DovecotFacts facts, String service) {
        return facts.conf().ofService(service, "client_limit").filter(limit -> !limit.equals("1")).stream()
                .map(limit -> Finding.error(
                        MAIL_PROCESSES,
                        service + " serves several clients in one process, client_limit is " + limit
                                + "; set client_limit = 1 in service " + service));
    }

    private static Stream<Finding> oneTask(DovecotFacts facts, String service) {
        String setting =
                switch (facts.version()) {
                    case V2_3 -> "service_count";
                    case V2_4 -> "restart_request_count";
                };
        String value = facts.conf().ofService(service, setting).orElse("its default, no limit");
        return value.equals("1")
                ? Stream.empty()
                : Stream.of(Finding.error(
                        MAIL_PROCESSES,
                        service + " serves one client after the other, " + setting + " is " + value + "; set " + setting
                                + " = 1 in service " + service));
    }
}
