/** What embedding costs: prices, and the names under which it is counted. */
@NullMarked
package dev.freshet.core.cost;

import org.jspecify.annotations.NullMarked;
