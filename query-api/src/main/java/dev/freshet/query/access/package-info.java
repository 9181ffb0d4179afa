/** Who calls: a request becomes a {@link dev.freshet.query.access.Caller}, before anything else is read of it. */
@NullMarked
package dev.freshet.query.access;

import org.jspecify.annotations.NullMarked;
