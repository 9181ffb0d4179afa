/** Exported encoders that the tests write themselves, byte by byte. */
@NullMarked
package dev.freshet.engines.embedding.onnx;

import org.jspecify.annotations.NullMarked;
