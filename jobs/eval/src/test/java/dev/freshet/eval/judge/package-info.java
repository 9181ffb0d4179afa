/** Reading of collections. */
@NullMarked
package dev.freshet.eval.judge;

import org.jspecify.annotations.NullMarked;
