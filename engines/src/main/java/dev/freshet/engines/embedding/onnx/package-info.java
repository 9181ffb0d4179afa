/**
 * Exported encoders: what their files say of them (graph, tokenizer, the settings that sentence-transformers writes), and the device
 * that they run on. In: a path and options. Out: an {@link dev.freshet.engines.embedding.onnx.ExportedModel}, or everything that
 * is wrong with the files, in words.
 */
@NullMarked
package dev.freshet.engines.embedding.onnx;

import org.jspecify.annotations.NullMarked;
