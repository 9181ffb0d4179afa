/** What the topics carry: the native envelope of a change, receipts and dead letters, to and from JSON. */
@NullMarked
package dev.freshet.core.envelope;

import org.jspecify.annotations.NullMarked;
