/** Where the words of a query are in a passage. In: a query, its language, passages. Out: spans of characters. No state. */
@NullMarked
package dev.freshet.query.highlight;

import org.jspecify.annotations.NullMarked;
