/** Report: the scores of all queries become one JSON file, written whole at the end of the input. */
@NullMarked
package dev.freshet.eval.report;

import org.jspecify.annotations.NullMarked;
