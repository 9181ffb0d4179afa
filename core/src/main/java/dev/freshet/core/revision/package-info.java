/** The fold: a document's state and the next change give the revision that the index must follow. Pure. */
@NullMarked
package dev.freshet.core.revision;

import org.jspecify.annotations.NullMarked;
