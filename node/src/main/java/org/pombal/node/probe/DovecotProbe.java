package org.pombal.node.probe;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pombal.model.probe.Probe;
import org.pombal.node.guardian.ProcessTable;

/**
 * Looks at Dovecot's parts as those see them who need them: its auth process and a login process must greet, and its master process must not
 * be stopped.
 *
 * @param auth a socket of Dovecot's auth process, on which it speaks first
 * @param imap where its clients connect without TLS; empty if it is not known, or there is nothing but TLS
 * @param timeout for each part
 */
record DovecotProbe(Path auth, Supplier<Optional<InetSocketAddress>> imap, Duration timeout) {

    DovecotProbe {
        requireNonNull(auth, "auth is null");
        requireNonNull(imap, "imap is null");
        requireNonNull(timeout, "timeout is null");
    }

    /**
     * Looks; takes up to twice the timeout.
     *
     * @param run tells this run of Dovecot from the next
     * @param master Dovecot's master process
     */
    Probe look(long run, int master) {
        Map<String, Optional<String>> checks = new HashMap<>();
        checks.put("the master process", stopped(master));
        checks.put("auth", Greeting.failure(UnixDomainSocketAddress.of(auth), "VERSION\t", timeout));
        imap.get().ifPresent(address -> checks.put("IMAP", Greeting.failure(address, "* OK", timeout)));
        return new Probe(run, checks);
    }

    private static Optional<String> stopped(int master) {
        return ProcessTable.isStopped(master) ? Optional.of("process " + master + " is stopped") : Optional.empty();
    }
}
