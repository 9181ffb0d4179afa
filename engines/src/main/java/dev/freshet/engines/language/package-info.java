/** The language of a text. */
@NullMarked
package dev.freshet.engines.language;

import org.jspecify.annotations.NullMarked;
