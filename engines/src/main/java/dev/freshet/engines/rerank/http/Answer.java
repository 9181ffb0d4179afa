package dev.freshet.engines.rerank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the answer to one request, and believes nothing in it.
 *
 * @param passages that were sent
 */
record Answer(Shape shape, List<String> passages) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long AROUND = 1L << 16;
    private static final long AROUND_A_SCORE = 1_024;
    /** Servers may send passages back, every character of them escaped. */
    private static final long BYTES_OF_A_CHARACTER = 6;

    private static final long LARGEST = 1L << 25;

    /** What the server should not have sent; in words that hold nothing of it. */
    static final class WrongAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongAnswerException(String message) {
            super(message);
        }
    }

    /** The most bytes that an answer may have. */
    int largest() {
        long characters = passages.stream().mapToLong(String::length).sum();
        return (int) Math.min(LARGEST, AROUND + passages.size() * AROUND_A_SCORE + characters * BYTES_OF_A_CHARACTER);
    }

    /**
     * The scores of an answer.
     *
     * @return one for each passage, in their order
     * @throws WrongAnswerException when it does not have one score for each passage
     * @throws IOException when it is no JSON
     */
    double[] read(byte[] body) throws IOException {
        JsonNode results = shape.results(JSON.readTree(body));
        if (!results.isArray() || results.size() != passages.size()) {
            throw new WrongAnswerException(
                    "%s scores for %d passages".formatted(results.isArray() ? results.size() : "no", passages.size()));
        }
        double[] scores = new double[passages.size()];
        Arrays.fill(scores, Double.NaN);
        for (JsonNode result : results) {
            JsonNode index = result.path("index");
            if (!index.isInt() || index.intValue() < 0 || index.intValue() >= scores.length) {
                throw new WrongAnswerException("a score for a passage that was not sent");
            }
            if (!Double.isNaN(scores[index.intValue()])) {
                throw new WrongAnswerException("two scores for one passage");
            }
            JsonNode score = result.path(shape.score());
            if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
                throw new WrongAnswerException("a score that is no finite number");
            }
            scores[index.intValue()] = score.doubleValue();
        }
        return scores;
    }
}
