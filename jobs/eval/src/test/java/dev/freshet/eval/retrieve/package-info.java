/** The client against a query API that answers as told. */
@NullMarked
package dev.freshet.eval.retrieve;

import org.jspecify.annotations.NullMarked;
