/** Reads parts of topics to their end, and writes records that are there when the call returns. */
@NullMarked
package dev.freshet.local.topic;

import org.jspecify.annotations.NullMarked;
