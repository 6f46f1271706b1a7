package org.pombal.controller.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ConversionErrorHandler;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.JsonExceptionHandler;
import io.micronaut.json.JsonSyntaxException;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with a body in the words of the API, where the framework would speak of our classes. */
final class BodyProblems {

    private static final Pattern SOURCE =
            Pattern.compile("(: expected close marker[^\\n]*)?( \\(start marker at|\\[Source|\\n)");

    private BodyProblems() {}

    /** A body that is JSON but not what is expected, and values of the path that cannot be read. */
    @Singleton
    @Replaces(ConversionErrorHandler.class)
    static final class OfConversion implements ExceptionHandler<ConversionErrorException, HttpResponse<Problem>> {

        @Override
        @SuppressWarnings("rawtypes") // so the framework declares it
        public HttpResponse<Problem> handle(HttpRequest request, ConversionErrorException failure) {
            return ProblemAnswers.of(
                    HttpStatus.BAD_REQUEST,
                    json(failure.getConversionError().getCause())
                            .map(BodyProblems::detail)
                            .orElseGet(() -> failure.getArgument().getName() + ": cannot be read"));
        }
    }

    /** A body that is no JSON. */
    @Singleton
    @Replaces(JsonExceptionHandler.class)
    static final class OfSyntax implements ExceptionHandler<JsonSyntaxException, HttpResponse<Problem>> {

        @Override
        @SuppressWarnings("rawtypes") // so the framework declares it
        public HttpResponse<Problem> handle(HttpRequest request, JsonSyntaxException failure) {
            return ProblemAnswers.of(
                    HttpStatus.BAD_REQUEST,
                    json(failure).map(BodyProblems::detail).orElse("the body is not JSON"));
        }
    }

    private static Optional<JacksonException> json(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static String detail(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (failure instanceof MismatchedInputException mismatch) {
            String path = path(mismatch);
            return path.isEmpty()
                    ? "the body must be one JSON object, and nothing after it"
                    : path + ": must be " + expected(mismatch.getTargetType());
        }
        if (failure instanceof JsonMappingException mapping && mapping.getCause() instanceof InputCoercionException) {
            return path(mapping) + ": must be a whole number of at most 32 bits";
        }
        return "the body is not JSON: " + Input.shortened(withoutSource(failure.getOriginalMessage()));
    }

    /** Jackson adds what it reads from, which is always the request. */
    private static String withoutSource(String message) {
        return SOURCE.split(message, 2)[0];
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return "unknown field '" + Input.shortened(path(unknown)) + "'"
                + (known == null
                        ? ""
                        : "; there are: "
                                + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return type == String.class ? "a text" : "an object";
    }
}
