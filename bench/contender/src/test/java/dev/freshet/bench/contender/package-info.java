/** Tests of the order and the accounts of work, with a tool that only remembers. */
@NullMarked
package dev.freshet.bench.contender;

import org.jspecify.annotations.NullMarked;
