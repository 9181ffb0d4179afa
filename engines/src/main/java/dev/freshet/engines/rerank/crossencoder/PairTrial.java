package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.ModelTokenizer;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.OnnxGraph;
import dev.freshet.engines.embedding.onnx.Signature;
import dev.freshet.engines.embedding.onnx.Tokens;
import java.util.List;

/** Calls a cross-encoder before anybody relies on it: what only a run shows is found when it opens, not by a query. */
final class PairTrial {
    private static final String QUERY = "What raises the pressure of the water?";
    private static final String PASSAGE = "The pump raises the pressure of the water in the pipe.";
    private static final int LONGER = 4;

    /** Of a score of 1; far above what the order of additions changes, also with 16 bits, and far below what another scale does. */
    private static final double SAME = 1e-3;

    private final CrossEncoderOptions options;
    private final ModelTokenizer tokenizer;
    private final PairModel model;

    PairTrial(CrossEncoderOptions options, ModelTokenizer tokenizer, PairModel model) {
        this.options = options;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /**
     * Scores a pair, the largest token, and as many tokens as it is to read.
     *
     * @param largestId that the tokenizer gives
     * @throws RerankerMisconfiguredException when it cannot
     */
    void check(long largestId, int maxTokens) {
        double score = score(tokenizer.pair(QUERY, PASSAGE), "it cannot score a pair");
        if (!Double.isFinite(score)) {
            throw options.refused("its score of a pair is not finite");
        }
        score(
                Tokens.of(new long[] {largestId}),
                "it does not know the token %d, the largest of its tokenizer: they are not of the same model"
                        .formatted(largestId));
        Tokens longest = tokenizer.pair(QUERY, PASSAGE.repeat(maxTokens));
        score(
                longest,
                "it cannot read %d tokens; state fewer with --reranker-max-tokens-per-pair"
                        .formatted(longest.length()));
    }

    private double score(Tokens pair, String problem) {
        try {
            return model.score(List.of(pair))[0];
        } catch (EncoderFailure e) {
            throw options.refused(problem + " (" + e.getMessage() + ")");
        }
    }

    /** Whether a pair has the same score beside a longer one as alone. */
    boolean neighboursDoNotMatter(OnnxGraph graph, Signature signature) {
        if (!signature.mask() || !signature.severalTexts() || graph.scalesByCall()) {
            return false;
        }
        Tokens pair = tokenizer.pair(QUERY, PASSAGE);
        Tokens longer = tokenizer.pair(QUERY, (PASSAGE + " ").repeat(LONGER));
        try {
            double alone = model.score(List.of(pair))[0];
            double beside = model.score(List.of(pair, longer))[0];
            // A comparison that NaN fails.
            return Math.abs(alone - beside) <= SAME * Math.max(1, Math.abs(alone));
        } catch (EncoderFailure e) {
            return false;
        }
    }
}
