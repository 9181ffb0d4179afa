/** Request bodies: bytes become checked values, and everything that is wrong with them is said at once. */
@NullMarked
package dev.freshet.query.input;

import org.jspecify.annotations.NullMarked;
