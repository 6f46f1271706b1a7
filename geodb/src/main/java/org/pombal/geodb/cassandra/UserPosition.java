package org.pombal.geodb.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import org.pombal.geodb.PageToken;

/**
 * Where a user's row is in the order in which Cassandra goes through its table: by the hash of the key, and where two keys
 * have the same one, by their bytes.
 */
record UserPosition(long token, String name) {

    boolean isAfter(UserPosition other) {
        return token > other.token
                || (token == other.token
                        && Arrays.compareUnsigned(name.getBytes(UTF_8), other.name.getBytes(UTF_8)) > 0);
    }

    PageToken pageToken() {
        return new PageToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString((token + ":" + name).getBytes(UTF_8)));
    }

    /** @throws IllegalArgumentException if the page token was not made by this */
    static UserPosition parse(PageToken page) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(page.value()), UTF_8);
            int colon = text.indexOf(':');
            return new UserPosition(Long.parseLong(text.substring(0, Math.max(colon, 0))), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + page.value() + "' is not a page token", e);
        }
    }
}
