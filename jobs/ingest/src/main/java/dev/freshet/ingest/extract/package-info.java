/**
 * From content to text. In: changes, some of which hold bytes that are no text. Out: changes with their text, in order. Side output: dead
 * letters. State: what is in flight.
 */
@NullMarked
package dev.freshet.ingest.extract;

import org.jspecify.annotations.NullMarked;
