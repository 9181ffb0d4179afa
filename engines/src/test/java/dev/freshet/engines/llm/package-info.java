/** A language model on this machine that does whatever a test wants, and what asks it. */
@NullMarked
package dev.freshet.engines.llm;

import org.jspecify.annotations.NullMarked;
