/** Chunkers with the tokenizer of an encoder and the grammars of code. In: names and sizes. Out: a chunker. State: none. */
@NullMarked
package dev.freshet.engines.chunking;

import org.jspecify.annotations.NullMarked;
