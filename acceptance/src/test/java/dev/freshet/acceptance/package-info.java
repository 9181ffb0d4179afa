/** The promises of Freshet, tested from outside on real processes. */
@NullMarked
package dev.freshet.acceptance;

import org.jspecify.annotations.NullMarked;
