package dev.freshet.engines.embedding.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a status means, once and for all. Of what the provider says only codes are repeated: its sentences may quote the
 * texts or the key.
 *
 * @param endpoint where the provider is, in words
 */
record Refusals(String endpoint, String model, ApiKey key) {
    /** As much of a refusal is read. */
    static final int LARGEST = 1 << 16;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final List<String> CODES = List.of("/error/code", "/error/type", "/error_type", "/code", "/type");

    Reply of(int status, byte[] body, Duration retryAfter) {
        String said = "answered %d%s".formatted(status, code(body));
        return switch (status) {
            case 400, 413, 422 -> new Reply.Refused("refused_by_provider", subject(said), true);
            case 401, 403 ->
                new Reply.Misconfigured("%s. Put a key that may use the model %s into %s, which is read at the start."
                        .formatted(subject(said), model, keyPlace()));
            case 404, 405, 410 ->
                new Reply.Misconfigured(
                        "%s. Look at --embedder-url, and whether the provider has a model of the name %s."
                                .formatted(subject(said), model));
            case 429 -> unavailable(said, retryAfter, true);
            case 408, 425 -> unavailable(said, retryAfter, false);
            default -> {
                if (status >= 500) {
                    yield unavailable(said, retryAfter, false);
                }
                yield new Reply.Misconfigured(
                        status < 400
                                ? "%s: a redirect, which is not followed. State the --embedder-url that it leads to."
                                        .formatted(subject(said))
                                : "%s, which no request can help. Look at the provider and the options of the embedder."
                                        .formatted(subject(said)));
            }
        };
    }

    /** The same reply, with the provider as the subject of its words. */
    Reply named(Reply reply) {
        return switch (reply) {
            case Reply.Refused(String reason, String said, boolean byStatus) ->
                new Reply.Refused(reason, subject(said), byStatus);
            case Reply.Misconfigured(String said) -> new Reply.Misconfigured(subject(said) + ".");
            case Reply.Vectors vectors -> vectors;
            case Reply.Unavailable unavailable -> unavailable;
        };
    }

    private String subject(String said) {
        return "The embedder at %s %s".formatted(endpoint, said);
    }

    private String keyPlace() {
        return key.equals(ApiKey.NONE) ? "a file, and name it with --embedder-key-file" : key.place();
    }

    private Reply unavailable(String said, Duration retryAfter, boolean throttled) {
        String message = subject(said);
        return new Reply.Unavailable(message, retryAfter, throttled, new IOException(said));
    }

    private static String code(byte[] body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException e) {
            return "";
        }
        for (String place : CODES) {
            String code = answer.at(place).asText();
            if (CODE.matcher(code).matches()) {
                return " (" + code + ")";
            }
        }
        return "";
    }
}
