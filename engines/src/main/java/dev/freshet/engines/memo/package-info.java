/**
 * Vectors that processes share, in Redis. In: keys of texts, and vectors to remember. Out: vectors of texts that any process embedded before.
 * State: none here; in Redis, until it forgets. Whatever is wrong with it, nobody waits for it and nobody gets a wrong vector.
 */
@NullMarked
package dev.freshet.engines.memo;

import org.jspecify.annotations.NullMarked;
