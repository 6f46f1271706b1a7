package org.pombal.controller.ui;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pombal.controller.http.AnyQuery;
import org.pombal.controller.http.ProblemException;

/**
 * Gives browsers the web interface. It is one page, whatever its address below {@code /ui/}: the browser finds out which part is to be
 * shown, and asks the API as any other client does. So it needs no token itself.
 */
@Hidden
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class UiRoutes {

    private static final String PAGES = "/org/pombal/ui/";
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    private static final Map<String, MediaType> TYPES = Map.of(
            "js", MediaType.of("text/javascript"),
            "css", MediaType.of("text/css"),
            "svg", MediaType.of("image/svg+xml"));

    /** Their names change with what is in them. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** From the root to the page. */
    @Get("/")
    @AnyQuery
    HttpResponse<?> root() {
        return HttpResponse.seeOther(URI.create("/ui/"));
    }

    /** The page. */
    @Get("/ui{/part:.*}")
    @AnyQuery
    HttpResponse<byte[]> page(Optional<String> part) {
        return read("index.html")
                .map(page -> HttpResponse.ok(page)
                        .contentType(MediaType.TEXT_HTML_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache"))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "this controller was built without its web interface, because there was no Node 20;"
                                + " /api/v1/docs describes the API"));
    }

    /** Browsers ask for it where a page names no picture of its own: one with an error, or on the way from a login. */
    @Get("/favicon.ico")
    HttpResponse<?> picture() {
        return HttpResponse.noContent().header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400");
    }

    /** What the page is made of. */
    @Get("/ui/assets/{file}")
    @AnyQuery
    HttpResponse<byte[]> asset(String file) {
        MediaType type = FILE.matcher(file).matches() ? TYPES.get(file.substring(file.lastIndexOf('.') + 1)) : null;
        if (type == null) {
            throw none();
        }
        return HttpResponse.ok(read("assets/" + file).orElseThrow(UiRoutes::none))
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    }

    private static ProblemException none() {
        return new ProblemException(HttpStatus.NOT_FOUND, "there is no such file; load the page again");
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in = UiRoutes.class.getResourceAsStream(PAGES + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
