/** The evaluation job in a MiniCluster, against a query API that answers as told. */
@NullMarked
package dev.freshet.eval;

import org.jspecify.annotations.NullMarked;
