package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.onnx.Tokens;

/**
 * A query and a passage, ready for the model.
 *
 * @param passage its place among those of the call
 */
record WaitingPair(RerankCall call, int passage, Tokens tokens) {}
