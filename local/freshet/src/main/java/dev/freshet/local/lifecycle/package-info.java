/** The commands up, down, status and logs, and the supervisor process that owns the stack between them. */
@NullMarked
package dev.freshet.local.lifecycle;

import org.jspecify.annotations.NullMarked;
