package dev.freshet.engines.embedding.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.embed.UnitVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the answer to one request, and believes nothing in it.
 *
 * @param texts that were sent
 * @param dimension that every vector must have; 0 for any, as long as all have the same
 */
record EmbeddingAnswer(int texts, int dimension) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long AROUND = 1L << 16;
    /** Of a float in decimals, with its comma and spaces. */
    private static final long BYTES_OF_A_FLOAT = 40;

    private static final long UNKNOWN_DIMENSION = 16_384;

    /** What the provider should not have sent. Such an answer may be another one next time. */
    static final class WrongAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongAnswerException(String message) {
            super(message);
        }
    }

    /** The most bytes that an answer may have. */
    int largest() {
        long floats = texts * (dimension == 0 ? UNKNOWN_DIMENSION : dimension);
        return (int) Math.min(AROUND + texts * 1024L + floats * BYTES_OF_A_FLOAT, Integer.MAX_VALUE - 64);
    }

    /**
     * The vectors of an answer.
     *
     * @throws WrongAnswerException when it does not have one vector for each text
     */
    Reply read(byte[] body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        JsonNode data = answer.path("data");
        if (!data.isArray() || data.size() != texts) {
            throw new WrongAnswerException(
                    "%s vectors for %d texts".formatted(data.isArray() ? data.size() : "no", texts));
        }
        float[][] vectors = new float[texts][];
        for (int i = 0; i < texts; i++) {
            int index = index(data.get(i), i);
            if (vectors[index] != null) {
                throw new WrongAnswerException("two vectors for one text");
            }
            vectors[index] = vector(data.get(i).path("embedding"));
        }
        return checked(vectors, answer.path("usage").path("prompt_tokens").asLong());
    }

    private int index(JsonNode item, int position) throws WrongAnswerException {
        JsonNode index = item.path("index");
        if (index.isMissingNode()) {
            return position;
        }
        if (!index.isInt() || index.intValue() < 0 || index.intValue() >= texts) {
            throw new WrongAnswerException("a vector for a text that was not sent");
        }
        return index.intValue();
    }

    private Reply checked(float[][] vectors, long tokens) throws WrongAnswerException {
        int expected = dimension == 0 ? vectors[0].length : dimension;
        for (float[] vector : vectors) {
            if (vector.length != expected && dimension > 0) {
                return new Reply.Misconfigured(
                        "makes vectors of %d floats instead of %d. State the --embedder-dimension that the model has, or the model that the index was made with"
                                .formatted(vector.length, expected));
            }
            if (vector.length != expected || vector.length == 0) {
                throw new WrongAnswerException("vectors of different lengths");
            }
        }
        for (float[] vector : vectors) {
            if (!UnitVector.exists(vector)) {
                return new Reply.Refused("no_direction", "sent a vector that is zero or not finite", false);
            }
            UnitVector.of(vector);
        }
        return new Reply.Vectors(Arrays.asList(vectors), Math.max(0, tokens));
    }

    private static float[] vector(JsonNode embedding) throws WrongAnswerException {
        if (embedding.isTextual()) {
            return decoded(embedding.textValue());
        }
        if (!embedding.isArray()) {
            throw new WrongAnswerException("a vector that is neither a list nor base64");
        }
        float[] vector = new float[embedding.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = component(embedding.get(i));
        }
        return vector;
    }

    /** JSON has no number for what is not finite: servers write null. */
    private static float component(JsonNode number) throws WrongAnswerException {
        if (number.isNull()) {
            return Float.NaN;
        }
        if (!number.isNumber()) {
            throw new WrongAnswerException("a vector of something else than numbers");
        }
        return number.floatValue();
    }

    /** Little-endian floats of 32 bits, as every server that knows {@code encoding_format} sends them. */
    private static float[] decoded(String base64) throws WrongAnswerException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new WrongAnswerException("a vector that is no base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new WrongAnswerException("a vector that ends inside of a float");
        }
        FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] vector = new float[floats.remaining()];
        floats.get(vector);
        return vector;
    }
}
