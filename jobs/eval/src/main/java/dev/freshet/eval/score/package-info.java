/** Score: what was retrieved is measured against the judgements. No state. */
@NullMarked
package dev.freshet.eval.score;

import org.jspecify.annotations.NullMarked;
