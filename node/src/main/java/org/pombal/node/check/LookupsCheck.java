package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.LOOKUPS;

import java.util.List;
import java.util.stream.Stream;
import org.pombal.dovecot.doveconf.Section;

/**
 * Whether lmtp and doveadm of a proxy ask the node, and on a backend everything that opens mailboxes: there a process that
 * asks auth opens the mailbox of a user who is served elsewhere.
 */
final class LookupsCheck implements DovecotCheck {

    private static final String SETTING = "auth_socket_path";
    private static final String SOCKET = "pombal/cluster-userdb";
    private static final String DEFAULT = "auth-userdb";

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        return facts.backend() ? ofBackend(facts) : ofProxy(facts);
    }

    private static Stream<Finding> ofProxy(DovecotFacts facts) {
        return List.of("lmtp", "doveadm").stream()
                .filter(protocol -> protocol.equals("doveadm") || facts.conf().serves(protocol))
                .flatMap(protocol -> {
                    String value = facts.conf().inProtocol(protocol, SETTING).orElse(DEFAULT);
                    return facts.isBelowBaseDir(value, SOCKET)
                            ? Stream.empty()
                            : Stream.of(Finding.error(
                                    LOOKUPS,
                                    protocol + " does not ask the node, its " + SETTING + " is '" + value + "'; set "
                                            + SETTING + " = " + SOCKET + " in protocol " + protocol));
                });
    }

    private static Stream<Finding> ofBackend(DovecotFacts facts) {
        String global = facts.conf().global(SETTING).orElse(DEFAULT);
        Stream<Finding> outside = facts.isBelowBaseDir(global, SOCKET)
                ? Stream.empty()
                : Stream.of(Finding.error(
                        LOOKUPS,
                        "processes that open mailboxes do not ask the node, " + SETTING + " is '" + global + "'; set "
                                + SETTING + " = " + SOCKET + " outside of all blocks"));
        return Stream.concat(outside, facts.conf().all().all().flatMap(section -> ofSection(facts, section)));
    }

    private static Stream<Finding> ofSection(DovecotFacts facts, Section section) {
        return section.value(SETTING).stream()
                .filter(value -> !facts.isBelowBaseDir(value, SOCKET))
                .map(value -> Finding.error(
                        LOOKUPS,
                        "the block '" + section.title() + "' has an " + SETTING + " of its own, '" + value
                                + "', so that its processes do not ask the node; remove it there"));
    }
}
