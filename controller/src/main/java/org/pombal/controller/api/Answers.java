package org.pombal.controller.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.util.Map;
import org.pombal.controller.http.ETag;
import org.pombal.operations.Audit;

/** What the routes have in common. */
final class Answers {

    /** For operations that only read: nothing is written down of them. */
    static final Audit READING = new Audit("reader");

    private Answers() {}

    /** Something that has a version. */
    static <T> HttpResponse<T> of(T body, long version) {
        return HttpResponse.ok(body).header(HttpHeaders.ETAG, ETag.of(version));
    }

    /** Something that was added. */
    static <T> HttpResponse<T> created(T body, long version, String kind, String name) {
        return HttpResponse.created(
                        body, UriBuilder.of("/api/v1").path(kind).path("{name}").expand(Map.of("name", name)))
                .header(HttpHeaders.ETAG, ETag.of(version));
    }
}
