package org.pombal.controller.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.pombal.operations.Precondition;

/** The version of a row as an entity tag (RFC 9110, section 8.8.3), so that who changes something changes what he saw. */
public final class ETag {

    private ETag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** What {@code If-Match} of the request demands of a row; nothing, if there is none. */
    public static <T> Precondition<T> required(HttpRequest<?> request, ToLongFunction<T> version) {
        Optional<String> given = Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_MATCH));
        if (given.isEmpty() || given.get().strip().equals("*")) {
            return Precondition.none();
        }
        String[] tags = given.get().split(",", -1);
        for (String tag : tags) {
            if (!tag.strip().matches("\"[^\"]*\"")) {
                throw ProblemException.badRequest(
                        "If-Match: " + given.get() + " is not a list of entity tags in quotes");
            }
        }
        return row -> {
            String standing = of(version.applyAsLong(row));
            for (String tag : tags) {
                if (tag.strip().equals(standing)) {
                    return true;
                }
            }
            return false;
        };
    }
}
