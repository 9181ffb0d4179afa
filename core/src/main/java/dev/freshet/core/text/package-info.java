/** Text hygiene: one form of a text for hashing, chunking and display. */
@NullMarked
package dev.freshet.core.text;

import org.jspecify.annotations.NullMarked;
