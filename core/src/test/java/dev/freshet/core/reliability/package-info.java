/** Which test stands for which fault of the fault matrix. */
@NullMarked
package dev.freshet.core.reliability;

import org.jspecify.annotations.NullMarked;
