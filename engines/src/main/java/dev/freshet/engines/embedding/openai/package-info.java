/**
 * Embeddings from a server that speaks {@code POST /v1/embeddings}, in this machine or far away. In: texts. Out: unit vectors, or why
 * there are none: not now, never for this text, or not until somebody changes the options. State: none.
 */
@NullMarked
package dev.freshet.engines.embedding.openai;

import org.jspecify.annotations.NullMarked;
