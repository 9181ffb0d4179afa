/** The {@code freshet} command: wires the commands of the packages below. */
@NullMarked
package dev.freshet.local;

import org.jspecify.annotations.NullMarked;
