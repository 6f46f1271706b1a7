package org.pombal.controller.api;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.pombal.controller.http.ProblemException;

/** The API's description (OpenAPI 3.1), and a page to read and try it. */
@Hidden
@Controller("/api/v1")
@Secured(SecurityRule.IS_ANONYMOUS)
final class DocumentRoutes {

    private static final String PAGE = "docs.html";

    /** What the page is made of: ours, and Swagger UI's. */
    private static final Map<String, MediaType> FILES = Map.of(
            "docs.js", MediaType.of("text/javascript"),
            "swagger-ui.css", MediaType.of("text/css"),
            "swagger-ui-bundle.js", MediaType.of("text/javascript"),
            "favicon-32x32.png", MediaType.of("image/png"));

    private final byte[] document;
    private final byte[] page = read("/org/pombal/controller/" + PAGE);
    private final String swaggerUi = "/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";

    DocumentRoutes(Router router) {
        this.document = CompleteDescription.of(
                read("/META-INF/swagger/pombal.json"), router.uriRoutes().toList());
    }

    /** The document. */
    @Get("/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    byte[] document() {
        return document.clone();
    }

    /** The page. */
    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    byte[] page() {
        return page.clone();
    }

    /** What the page loads. */
    @Get("/docs/{file}")
    HttpResponse<byte[]> file(String file) {
        MediaType type = FILES.get(file);
        if (type == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "there is no such file");
        }
        return HttpResponse.ok(read(file.equals("docs.js") ? "/org/pombal/controller/docs.js" : swaggerUi + file))
                .contentType(type);
    }

    private static String swaggerUiVersion() {
        Properties properties = new Properties();
        try (InputStream in = DocumentRoutes.class.getResourceAsStream("/org/pombal/controller/build.properties")) {
            properties.load(requireNonNull(in, "build.properties is missing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requireNonNull(properties.getProperty("swagger-ui.version"), "build.properties names no version");
    }

    private static byte[] read(String resource) {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream(resource)) {
            return requireNonNull(in, () -> resource + " is missing").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
