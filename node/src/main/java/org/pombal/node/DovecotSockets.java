package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.RelayServer;
import org.pombal.node.relay.Relays;
import org.pombal.node.relay.SocketFile;

/**
 * The node's sockets and the ones of Dovecot behind them, below Dovecot's {@code base_dir}.
 *
 * @param baseDir Dovecot's {@code base_dir}
 */
record DovecotSockets(Path baseDir, Relays relays) {

    /** Login processes run as an unprivileged user; the folder above, which is Dovecot's, keeps others out. */
    private static final String LOGIN_PROCESSES = "rw-rw-rw-";

    /** Auth answers by the rights of who connects, and that is the node: nobody else may ask through it. */
    private static final String ROOT_ONLY = "rw-------";

    /** The node itself looks at who asks. */
    private static final String EVERYBODY = "rw-rw-rw-";

    DovecotSockets {
        requireNonNull(baseDir, "baseDir is null");
        requireNonNull(relays, "relays is null");
    }

    /** Dovecot's own socket for userdb lookups. */
    Path authUserdb() {
        return baseDir.resolve("auth-userdb");
    }

    /** Where login processes ask. */
    RelayServer login(Judge judge) {
        return relay("login", "login/pombal/cluster", LOGIN_PROCESSES, baseDir.resolve("login/login"), judge);
    }

    /** Where a proxy's lmtp and doveadm ask. */
    RelayServer proxyLookups(Judge judge) {
        return relay("userdb", "pombal/cluster-userdb", ROOT_ONLY, authUserdb(), judge);
    }

    /** Where a backend's lmtp, doveadm, indexer-worker, lda and their like ask, some of them as a mail user. */
    RelayServer backendLookups(Judge judge) {
        return relay("userdb", "pombal/cluster-userdb", EVERYBODY, authUserdb(), judge);
    }

    /** Where mail processes ask after a login; named as Dovecot's own, because managesieve knows no other name. */
    RelayServer mailProcesses(Judge judge) {
        return relay("master", "pombal/auth-master", ROOT_ONLY, baseDir.resolve("auth-master"), judge);
    }

    private RelayServer relay(String name, String ours, String permissions, Path auth, Judge judge) {
        SocketFile file = new SocketFile(baseDir.resolve(ours), PosixFilePermissions.fromString(permissions));
        return relays.server(name, file, auth, judge);
    }
}
