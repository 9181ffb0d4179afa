/** From the content of a document to its text: what is text as it is, and the port to what makes text of the rest. */
@NullMarked
package dev.freshet.core.extract;

import org.jspecify.annotations.NullMarked;
