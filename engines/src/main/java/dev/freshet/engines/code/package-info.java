/** Reads code through tree-sitter. In: a text in a programming language. Out: its definitions. State: none. */
@NullMarked
package dev.freshet.engines.code;

import org.jspecify.annotations.NullMarked;
