/** What needs no server. */
@NullMarked
package dev.freshet.query.search;

import org.jspecify.annotations.NullMarked;
