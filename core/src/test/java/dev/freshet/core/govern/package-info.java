/** The governor against providers that are simulated in virtual time. */
@NullMarked
package dev.freshet.core.govern;

import org.jspecify.annotations.NullMarked;
