/** What all parts of a process share. */
@NullMarked
package dev.freshet.core.lease;

import org.jspecify.annotations.NullMarked;
