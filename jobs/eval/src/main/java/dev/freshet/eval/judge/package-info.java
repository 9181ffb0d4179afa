/**
 * Judge: lines of a BEIR folder's queries become one question per search mode, each with its judgements; queries
 * without judgements are left out. No state.
 */
@NullMarked
package dev.freshet.eval.judge;

import org.jspecify.annotations.NullMarked;
