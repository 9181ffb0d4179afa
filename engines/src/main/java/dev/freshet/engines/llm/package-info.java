/**
 * Language models behind {@code POST /chat/completions}, in this machine or far away. In: messages. Out: the text that the model answers
 * with, or why there is none, within a deadline; and what it makes of queries, behind the ports of the analysis, where rules stand in for
 * it whenever its answer is late or no use. State: none.
 */
@NullMarked
package dev.freshet.engines.llm;

import org.jspecify.annotations.NullMarked;
