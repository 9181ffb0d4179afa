/** The dead letters: what could not be applied, shown, tried again, or given up. */
@NullMarked
package dev.freshet.local.dlq;

import org.jspecify.annotations.NullMarked;
