package org.pombal.controller.http;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    @SuppressWarnings("serial") // never leaves this process
    private final Optional<Duration> retryAfter;

    private ProblemException(HttpStatus status, String detail, Optional<Duration> retryAfter) {
        super(requireNonNull(detail, "detail is null"), null, false, false);
        this.status = requireNonNull(status, "status is null");
        this.retryAfter = retryAfter;
    }

    /** @param detail what was tried, with which value, and what to do; no secrets */
    public ProblemException(HttpStatus status, String detail) {
        this(status, detail, Optional.empty());
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, detail);
    }

    /** It may go better a while later. */
    public static ProblemException later(HttpStatus status, String detail, Duration retryAfter) {
        return new ProblemException(status, detail, Optional.of(retryAfter));
    }

    public HttpStatus status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
