/**
 * Retrieve: every question is put to the query API, some of them at a time, each within a deadline that covers all
 * attempts. No state; unordered.
 */
@NullMarked
package dev.freshet.eval.retrieve;

import org.jspecify.annotations.NullMarked;
