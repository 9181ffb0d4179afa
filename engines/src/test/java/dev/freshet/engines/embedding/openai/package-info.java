/** A provider on this machine that does whatever a test wants, and the embedder in front of it. */
@NullMarked
package dev.freshet.engines.embedding.openai;

import org.jspecify.annotations.NullMarked;
