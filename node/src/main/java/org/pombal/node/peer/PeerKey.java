package org.pombal.node.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key by which the nodes of a site know one another, shown in {@code Authorization: Bearer} in base64. */
public final class PeerKey {

    private static final String SCHEME = "Bearer ";

    private final String authorization;

    public PeerKey(String key) {
        requireNonNull(key, "key is null");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty key keeps nobody out");
        }
        this.authorization = SCHEME + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
    }

    /** What a node shows to another. */
    String authorization() {
        return authorization;
    }

    /** Takes as long whatever is given. */
    boolean allows(@Nullable String given) {
        return given != null && MessageDigest.isEqual(given.getBytes(UTF_8), authorization.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "peer key";
    }
}
