package org.pombal.controller.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;

/** All answers that are no success, the framework's own too, look the same. */
final class ProblemAnswers {

    static final MediaType TYPE = MediaType.of("application/problem+json");

    private ProblemAnswers() {}

    static MutableHttpResponse<Problem> of(HttpStatus status, String detail) {
        return filled(HttpResponse.status(status), detail);
    }

    private static MutableHttpResponse<Problem> filled(MutableHttpResponse<?> response, String detail) {
        int code = response.code();
        return response.body(new Problem(response.reason(), code, detail)).contentType(TYPE);
    }

    /** What the framework refuses: unknown paths, wrong methods, bodies that cannot be read. */
    @Singleton
    static final class OfTheFramework implements ErrorResponseProcessor<Problem> {

        @Override
        public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
            return filled(response, detail(context, response));
        }

        /** The message of a fault of ours says nothing to callers, and might say too much. */
        private static String detail(ErrorContext context, MutableHttpResponse<?> response) {
            if (response.code() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
                return "a fault in the controller; its log says more";
            }
            HttpRequest<?> request = context.getRequest();
            String said = context.getErrors().stream()
                    .map(Error::getMessage)
                    .map(message -> message.lines().findFirst().orElse(""))
                    .collect(Collectors.joining("; "));
            if (response.code() == HttpStatus.NOT_FOUND.getCode()) {
                return "there is no " + Input.shortened(request.getPath());
            }
            return said.isEmpty() ? request.getMethodName() + " " + request.getPath() + ": " + response.reason() : said;
        }
    }

    /** What our own code refuses. */
    @Singleton
    static final class OfOurs implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {

        @Override
        @SuppressWarnings("rawtypes") // so the framework declares it
        public HttpResponse<Problem> handle(HttpRequest request, ProblemException problem) {
            MutableHttpResponse<Problem> answer = of(problem.status(), String.valueOf(problem.getMessage()));
            problem.retryAfter()
                    .ifPresent(pause ->
                            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, pause.toSeconds() + 1))));
            if (problem.status() == HttpStatus.UNAUTHORIZED) {
                answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pombal\"");
            }
            return answer;
        }
    }

    /** GeoDB was asked and did not answer. */
    @Singleton
    static final class OfGeoDbAway implements ExceptionHandler<GeoDbUnavailableException, HttpResponse<Problem>> {

        @Override
        @SuppressWarnings("rawtypes") // so the framework declares it
        public HttpResponse<Problem> handle(HttpRequest request, GeoDbUnavailableException failure) {
            return away("GeoDB does not answer: " + failure.getMessage());
        }
    }

    /** GeoDB was asked to change something and did not say what became of it. */
    @Singleton
    static final class OfUnknownOutcomes implements ExceptionHandler<UnknownOutcomeException, HttpResponse<Problem>> {

        @Override
        @SuppressWarnings("rawtypes") // so the framework declares it
        public HttpResponse<Problem> handle(HttpRequest request, UnknownOutcomeException failure) {
            return away("GeoDB does not say whether it is done: " + failure.getMessage() + "; look again");
        }
    }

    private static HttpResponse<Problem> away(String detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, detail).header(HttpHeaders.RETRY_AFTER, "2");
    }
}
