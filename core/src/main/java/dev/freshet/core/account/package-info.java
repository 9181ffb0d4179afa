/** What became of the records of a topic, added up, and how far the index follows them. */
@NullMarked
package dev.freshet.core.account;

import org.jspecify.annotations.NullMarked;
