package org.pombal.controller.http;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What went wrong, as {@code application/problem+json} (RFC 9457).
 *
 * @param title what the status means, always the same for a status
 * @param status of the answer
 * @param detail what was tried, with which value, and what to do
 */
@Schema(name = "Problem")
public record Problem(String title, int status, String detail) {

    public Problem {
        requireNonNull(title, "title is null");
        requireNonNull(detail, "detail is null");
    }
}
