package org.pombal.node.check;

import static java.util.stream.Collectors.joining;
import static org.pombal.node.check.Finding.Subject.NAMES;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pombal.model.backend.HostName;

/** Whether hosts can be found by their names, and this backend is who it says it is. */
final class NameCheck {

    private NameCheck() {}

    /**
     * @param backend the name of this backend; empty beside a proxy
     * @param isHere whether an address is one of this machine's
     */
    static Stream<Finding> look(List<NameFacts> names, Optional<HostName> backend, Predicate<InetAddress> isHere) {
        return names.stream().flatMap(name -> {
            if (name.addresses().isEmpty()) {
                return Stream.of(Finding.error(
                        NAMES,
                        name.host().what() + " " + name.host().host() + " does not resolve (" + name.reason()
                                + "); enter it into DNS, /etc/hosts or cluster_hosts_file"));
            }
            boolean self = backend.filter(own -> own.value().equals(name.host().host()))
                    .isPresent();
            return !self || name.addresses().stream().anyMatch(isHere)
                    ? Stream.empty()
                    : Stream.of(Finding.error(
                            NAMES,
                            "this backend's name " + name.host().host() + " (cluster_backend_name) resolves to "
                                    + name.addresses().stream()
                                            .map(InetAddress::getHostAddress)
                                            .collect(joining(", "))
                                    + ", which is not this machine; correct the name, or its address"));
        });
    }
}
