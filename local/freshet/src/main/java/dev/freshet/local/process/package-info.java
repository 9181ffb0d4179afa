/** Child processes: how they are started, recognised later by id and start time, and stopped. */
@NullMarked
package dev.freshet.local.process;

import org.jspecify.annotations.NullMarked;
