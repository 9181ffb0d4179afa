/** The eval command: brings a BEIR folder into a tenant of its own, runs the evaluation job and prints its report. */
@NullMarked
package dev.freshet.local.eval;

import org.jspecify.annotations.NullMarked;
