package org.pombal.geodb.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;

/** Pages of a listing in the order of names; the token is the name after which it goes on. */
final class Pages {

    private static final int MAX = 5000;

    private Pages() {}

    /** @throws IllegalArgumentException if the token was not made by this */
    static String after(Optional<PageToken> from) {
        return from.map(token -> new String(Base64.getUrlDecoder().decode(token.value()), UTF_8))
                .orElse("");
    }

    /** @throws IllegalArgumentException if the size is outside 1 to 5000 */
    static void requireSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX) {
            throw new IllegalArgumentException("page size " + pageSize + " is outside 1 to " + MAX);
        }
    }

    /** Looks up each name; one that has no row takes a place on the page all the same. */
    static <T> Page<T> of(Stream<String> names, int pageSize, Function<String, Optional<T>> row) {
        List<String> page = names.limit(pageSize).toList();
        List<T> rows = page.stream().flatMap(name -> row.apply(name).stream()).toList();
        return new Page<>(rows, page.size() < pageSize ? Optional.empty() : Optional.of(token(page)));
    }

    private static PageToken token(List<String> page) {
        byte[] last = page.get(page.size() - 1).getBytes(UTF_8);
        return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
