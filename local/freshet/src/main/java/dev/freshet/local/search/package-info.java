/** The search command: asks the query API and prints the hits. */
@NullMarked
package dev.freshet.local.search;

import org.jspecify.annotations.NullMarked;
