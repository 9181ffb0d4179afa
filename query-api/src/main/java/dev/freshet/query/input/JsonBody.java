package dev.freshet.query.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a request's body as one JSON object, strictly. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * The body's object.
     *
     * @param limit of its size in bytes
     * @throws ProblemException when it is not JSON, not an object, or too large
     */
    public static ObjectNode read(Context ctx, int limit) {
        requireJson(ctx.contentType());
        byte[] bytes = bytes(ctx, limit);
        JsonNode json = parse(bytes);
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(Problem.malformed("The body must be a JSON object."));
    }

    /** Browsers send other types to foreign sites without asking these; this one they ask for first. */
    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new ProblemException(Problem.unsupportedMediaType());
        }
    }

    private static byte[] bytes(Context ctx, int limit) {
        if (ctx.req().getContentLengthLong() > limit) {
            throw new ProblemException(Problem.tooLarge(limit));
        }
        try {
            InputStream body = ctx.req().getInputStream();
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new ProblemException(Problem.tooLarge(limit));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Json.MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.malformed("The body is not UTF-8."));
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.malformed(where(e)));
        }
    }

    /** The parser's own words may quote the body. */
    private static String where(JsonProcessingException e) {
        String words = String.valueOf(e.getOriginalMessage());
        if (words.startsWith("Duplicate")) {
            return "An object has the same key twice%s.".formatted(place(e));
        }
        if (words.contains("nesting depth")) {
            return "The body is nested too deep.";
        }
        return "It cannot be read%s.".formatted(place(e));
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
