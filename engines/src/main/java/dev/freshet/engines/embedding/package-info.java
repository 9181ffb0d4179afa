/**
 * Embedders: texts in, unit vectors out. Encoders run in this process, providers elsewhere
 * ({@link dev.freshet.engines.embedding.openai}).
 *
 * <p>With encoders, passages go through a pool of threads, one text and one core at a time; queries run on the caller's thread and
 * never wait behind passages; nothing is downloaded: model, vocabulary and native libraries come from the class path.
 */
@NullMarked
package dev.freshet.engines.embedding;

import org.jspecify.annotations.NullMarked;
