package dev.freshet.engines.rerank.crossencoder;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.GraphCall;
import dev.freshet.engines.embedding.onnx.Tokens;
import java.util.Arrays;
import java.util.List;

/** A cross-encoder in ONNX Runtime. Of a model that tells two classes apart, the score is how far the last is above the first. */
final class OnnxPairModel implements PairModel {
    private final GraphCall graph;

    OnnxPairModel(GraphCall graph) {
        this.graph = graph;
    }

    @Override
    public double[] score(List<Tokens> pairs) {
        return graph.run(pairs, output -> scores(output, pairs.size()));
    }

    private static double[] scores(OnnxTensor output, int pairs) {
        float[] logits = output.getFloatBuffer().array();
        double[] scores = new double[pairs];
        if (logits.length == pairs) {
            Arrays.setAll(scores, pair -> logits[pair]);
        } else if (logits.length == 2 * pairs) {
            Arrays.setAll(scores, pair -> (double) logits[2 * pair + 1] - logits[2 * pair]);
        } else {
            throw new EncoderFailure("its output of %d pairs has the shape %s"
                    .formatted(pairs, Arrays.toString(output.getInfo().getShape())));
        }
        return scores;
    }

    @Override
    public void close() {
        graph.close();
    }
}
