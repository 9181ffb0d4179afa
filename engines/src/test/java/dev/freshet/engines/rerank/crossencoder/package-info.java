/** Tests of cross-encoders, with one that is made up. */
@NullMarked
package dev.freshet.engines.rerank.crossencoder;

import org.jspecify.annotations.NullMarked;
