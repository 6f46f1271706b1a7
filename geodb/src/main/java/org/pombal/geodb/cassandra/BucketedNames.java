package org.pombal.geodb.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.PageToken;

/**
 * Pages through an index table whose partitions are buckets of names, in the order bucket, name. The token says after
 * which name to go on, so it stays valid whatever is added meanwhile, and with every version of Cassandra's protocol.
 */
final class BucketedNames {

    /** Part of the schema: names are found in the bucket they were written to. */
    static final int BUCKETS = 16;

    static final int MAX_PAGE = 5000;

    private BucketedNames() {}

    /** Reads up to {@code limit} names of a bucket that come after {@code after}, in their order. */
    @FunctionalInterface
    interface Slice {
        CompletionStage<List<String>> read(int bucket, String after, int limit);
    }

    /** @param next where the following page begins; empty on the last one */
    record Names(List<String> names, Optional<PageToken> next) {}

    static int bucketOf(String name) {
        return Math.floorMod(name.hashCode(), BUCKETS);
    }

    /** @throws IllegalArgumentException if the token was not made by this, or the page size is outside 1 to 5000 */
    static CompletionStage<Names> page(Optional<PageToken> from, int pageSize, Slice slice) {
        requireSize(pageSize);
        Position start = from.map(Position::parse).orElse(new Position(0, ""));
        return fill(start, pageSize, slice, new ArrayList<>());
    }

    /** @throws IllegalArgumentException if the page size is outside 1 to 5000 */
    static void requireSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new IllegalArgumentException("page size " + pageSize + " is outside 1 to " + MAX_PAGE);
        }
    }

    private static CompletionStage<Names> fill(Position from, int pageSize, Slice slice, List<String> names) {
        int wanted = pageSize - names.size();
        return slice.read(from.bucket(), from.after(), wanted).thenCompose(found -> {
            names.addAll(found);
            if (found.size() == wanted) {
                Position next = new Position(from.bucket(), found.get(found.size() - 1));
                return completedFuture(new Names(names, Optional.of(next.token())));
            }
            return from.bucket() + 1 == BUCKETS
                    ? completedFuture(new Names(names, Optional.empty()))
                    : fill(new Position(from.bucket() + 1, ""), pageSize, slice, names);
        });
    }

    private record Position(int bucket, String after) {

        PageToken token() {
            byte[] text = (bucket + ":" + after).getBytes(UTF_8);
            return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(text));
        }

        static Position parse(PageToken token) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token.value()), UTF_8);
                int colon = text.indexOf(':');
                int bucket = Integer.parseInt(text.substring(0, Math.max(colon, 0)));
                if (bucket >= 0 && bucket < BUCKETS) {
                    return new Position(bucket, text.substring(colon + 1));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + token.value() + "' is not a page token", e);
            }
            throw new IllegalArgumentException("'" + token.value() + "' is not a page token");
        }
    }
}
