/**
 * Late interaction: a query meets a passage token by token, after both were encoded alone (Khattab and Zaharia, ColBERT, SIGIR 2020).
 *
 * <p>In: the float vectors that an encoder gives the tokens of a text. {@link dev.freshet.core.lateinteraction.TokenQuantizer} makes
 * one bit per dimension of a passage's, to be kept beside its chunk;
 * {@link dev.freshet.core.lateinteraction.MaxSim} scores a query against what was kept. No state.
 */
@NullMarked
package dev.freshet.core.lateinteraction;

import org.jspecify.annotations.NullMarked;
