/** What needs no server. */
@NullMarked
package dev.freshet.query.documents;

import org.jspecify.annotations.NullMarked;
