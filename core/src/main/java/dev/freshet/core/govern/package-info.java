/**
 * What may be sent to a provider, and when: no more than it allows, no more at once than it bears, nothing while it is away, and few
 * things twice. In: requests that want to leave. Out: permits. State: none that survives the process.
 */
@NullMarked
package dev.freshet.core.govern;

import org.jspecify.annotations.NullMarked;
