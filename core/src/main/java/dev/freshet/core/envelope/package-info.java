/**
 * What the topics carry, to and from JSON: changes in the envelopes that {@link dev.freshet.core.envelope.ChangeReader} knows, receipts, dead
 * letters and commands.
 */
@NullMarked
package dev.freshet.core.envelope;

import org.jspecify.annotations.NullMarked;
