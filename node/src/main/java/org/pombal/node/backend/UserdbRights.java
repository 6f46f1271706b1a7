package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.Request;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.relay.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process may ask on the userdb socket. Auth sees only the node, which may ask everything; so the node judges
 * those who ask through it as auth would: by owner and mode of auth's own socket.
 *
 * <p>Source: {@code auth_master_connection_set_permissions} and {@code user_verify_restricted_uid} in
 * {@code src/auth/auth-master-connection.c}. Supplementary groups are not looked at.
 */
final class UserdbRights {

    private static final Logger log = LoggerFactory.getLogger(UserdbRights.class);
    private static final int PERMISSIONS = 0777;
    private static final int READ_WRITE_FOR_ALL = 0666;
    private static final int WRITE = 2;

    private final Path authSocket;
    private final RateLimitedLog problems = new RateLimitedLog(log);

    enum Rights {
        /** Whatever it likes. */
        ALL,
        /** Userdb lookups that answer with its own user id. */
        OWN_USER_ID,
        NONE
    }

    /** @param authSocket Dovecot's own socket */
    UserdbRights(Path authSocket) {
        this.authSocket = requireNonNull(authSocket, "authSocket is null");
    }

    Rights of(Peer peer) {
        if (peer.uid() == 0) {
            return Rights.ALL;
        }
        try {
            Map<String, Object> socket = Files.readAttributes(authSocket, "unix:uid,gid,mode");
            return of(
                    peer,
                    Integer.toUnsignedLong((Integer) requireNonNull(socket.get("uid"))),
                    Integer.toUnsignedLong((Integer) requireNonNull(socket.get("gid"))),
                    (Integer) requireNonNull(socket.get("mode")) & PERMISSIONS);
        } catch (IOException e) {
            problems.warn("cannot see whose {} is: {}", authSocket, e.toString());
            return Rights.NONE;
        }
    }

    /** The same as a pure decision. */
    static Rights of(Peer peer, long owner, long group, int mode) {
        boolean isOwner = peer.uid() == owner;
        boolean isInGroup = peer.gid() == group;
        if (mode == READ_WRITE_FOR_ALL) {
            return isOwner || isInGroup ? Rights.ALL : Rights.OWN_USER_ID;
        }
        int bits = isOwner ? mode >> 6 : isInGroup ? mode >> 3 : mode;
        return (bits & WRITE) != 0 ? Rights.ALL : Rights.NONE;
    }

    /** Whether the process may see a user whose mail belongs to {@code uid}. */
    boolean allow(Peer peer, OptionalLong uid) {
        return switch (of(peer)) {
            case ALL -> true;
            case OWN_USER_ID -> uid.isPresent() && uid.getAsLong() == peer.uid();
            case NONE -> false;
        };
    }

    /** What the process gets that may not ask. */
    static byte[] refusal(Request request) {
        log.debug("refusing {} to a process that may not ask", request.kind());
        return request.kind() == Request.Kind.LIST
                ? new LineBuilder("DONE").number(request.id()).flag("fail").build()
                : new LineBuilder("FAIL")
                        .number(request.id())
                        .field("reason", "no permission to look users up")
                        .build();
    }
}
