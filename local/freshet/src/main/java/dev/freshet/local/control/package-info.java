/** Commands to the running job, through the control topic. */
@NullMarked
package dev.freshet.local.control;

import org.jspecify.annotations.NullMarked;
