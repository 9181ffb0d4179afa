/** The parts of Flink's REST API that running a job needs. */
@NullMarked
package dev.freshet.local.flink;

import org.jspecify.annotations.NullMarked;
