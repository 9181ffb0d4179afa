/** The port to the search index: the documents it holds and the writes it takes, each fenced by a version. */
@NullMarked
package dev.freshet.core.index;

import org.jspecify.annotations.NullMarked;
