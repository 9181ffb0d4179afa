/** Liveness and readiness. */
@NullMarked
package dev.freshet.query.health;

import org.jspecify.annotations.NullMarked;
