/**
 * Rerankers that run a model, and the choice among all of them. In: settings. Out: rerankers by the names that profiles have for them.
 * The one that needs no model is {@link dev.freshet.core.rerank.LateInteractionReranker}.
 */
@NullMarked
package dev.freshet.engines.rerank;

import org.jspecify.annotations.NullMarked;
