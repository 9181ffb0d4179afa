/**
 * Encoders that run in this process: texts in, unit vectors out.
 *
 * <p>Passages go through a pool of threads, one text and one core at a time; queries run on the caller's thread and
 * never wait behind passages. Nothing is downloaded: model, vocabulary and native libraries come from the class path.
 */
@NullMarked
package dev.freshet.engines.embedding;

import org.jspecify.annotations.NullMarked;
