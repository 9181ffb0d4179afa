/** What needs no server. */
@NullMarked
package dev.freshet.query.access;

import org.jspecify.annotations.NullMarked;
