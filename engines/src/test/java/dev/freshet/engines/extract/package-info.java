/** Tests of the extraction of text, and the files that they read, made here. */
@NullMarked
package dev.freshet.engines.extract;

import org.jspecify.annotations.NullMarked;
