package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.onnx.Tokens;
import java.util.List;

/** Scores pairs of texts. Every call runs on its caller's thread; safe for concurrent use. */
interface PairModel extends AutoCloseable {
    /**
     * Scores pairs in one call of the model.
     *
     * @param pairs at least one
     * @return one score for each; not finite when the model is broken
     * @throws dev.freshet.engines.embedding.onnx.EncoderFailure when the model fails
     */
    double[] score(List<Tokens> pairs);

    @Override
    void close();
}
