package dev.freshet.query.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 describes it.
 *
 * @param status of HTTP
 * @param type a stable code, the end of the problem's URN
 * @param detail for a person: what happened, and what to do
 * @param errors all that is wrong with the request, where that is the problem
 * @param retryAfterSeconds null where trying again does not help
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        List<Violation> errors,
        @Nullable Integer retryAfterSeconds) {
    private static final int RETRY_AFTER_SECONDS = 1;

    public Problem {
        errors = List.copyOf(errors);
    }

    private static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, List.of(), null);
    }

    public static Problem invalid(List<Violation> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().detail()
                : "%d values of the request cannot be used; see errors.".formatted(errors.size());
        return new Problem(400, "invalid-request", "The request is not valid", detail, errors, null);
    }

    public static Problem malformed(String detail) {
        return of(400, "malformed-json", "The body is not JSON", detail);
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "The request is not allowed", detail);
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "There is nothing here", detail);
    }

    public static Problem methodNotAllowed(String detail) {
        return of(405, "method-not-allowed", "The method does not fit the path", detail);
    }

    public static Problem tooLarge(long limit) {
        return of(
                413,
                "too-large",
                "The body is too large",
                "A body of this request may have %,d bytes at most.".formatted(limit));
    }

    public static Problem unsupportedMediaType() {
        return of(
                415,
                "unsupported-media-type",
                "The body must be JSON",
                "Send the body with the header Content-Type: application/json.");
    }

    public static Problem internal(String incident) {
        return of(
                500,
                "internal",
                "Something went wrong inside Freshet",
                "It was logged as incident %s; please report it with this number.".formatted(incident));
    }

    /** Any other status that the server itself answers with. */
    public static Problem ofStatus(int status, String detail) {
        return of(status, "http-" + status, "The request failed", detail);
    }

    public static Problem unavailable(String type, String detail) {
        return new Problem(503, type, "Freshet cannot do this now", detail, List.of(), RETRY_AFTER_SECONDS);
    }
}
