package dev.freshet.engines.embedding;

import dev.freshet.core.embed.UnitVector;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.ExportedModel;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.util.List;

/** Calls an exported encoder before anybody relies on it: what only a run shows is found when it opens, not in the middle of the stream. */
final class EncoderTrial {
    private static final String TEXT = "The pump raises the pressure of the water in the pipe.";
    private static final int LONGER = 4;

    /** Far above what the order of additions changes, also with 16 bits, and far below what another scale does. */
    private static final double SAME = 1e-4;

    private final OnnxOptions options;
    private final ExportedModel model;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;

    EncoderTrial(OnnxOptions options, ExportedModel model, ModelTokenizer tokenizer, Encoder encoder) {
        this.options = options;
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * The dimension of the model's vectors.
     *
     * @param largestId that the tokenizer gives
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException when it gives no vector for a text, for the largest token, or for as many tokens as it is to read
     */
    int dimension(long largestId) {
        long[] text = tokenizer.ids(TEXT);
        float[] vector = encode(text, "it cannot encode a text");
        if (!UnitVector.exists(vector)) {
            throw options.refused("its vector of a text is zero or not finite");
        }
        encode(
                new long[] {largestId},
                "it does not know the token %d, the largest of its tokenizer: they are not of the same model"
                        .formatted(largestId));
        long[] longest = tokenizer.ids(TEXT.repeat(model.maxTokens()));
        encode(longest, "it cannot encode %d tokens; state fewer with --embedder-max-tokens".formatted(longest.length));
        return vector.length;
    }

    private float[] encode(long[] ids, String problem) {
        try {
            return encoder.encode(ids);
        } catch (EncoderFailure e) {
            throw options.refused(problem + " (" + e.getMessage() + ")");
        }
    }

    /** Whether a text has the same vector beside a longer one as alone. */
    boolean neighboursDoNotMatter() {
        if (!model.signature().mask()
                || !model.signature().severalTexts()
                || model.graph().scalesByCall()) {
            return false;
        }
        long[] text = tokenizer.ids(TEXT);
        long[] longer = tokenizer.ids((TEXT + " ").repeat(LONGER));
        try {
            float[] alone = UnitVector.of(encoder.encode(text));
            List<float[]> together = encoder.encode(List.of(text, longer));
            return same(alone, UnitVector.of(together.getFirst()));
        } catch (EncoderFailure e) {
            return false;
        }
    }

    private static boolean same(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            // A comparison that NaN fails.
            if (!(Math.abs(a[i] - b[i]) <= SAME)) {
                return false;
            }
        }
        return true;
    }
}
