/** Encoders against the contract of embedders; real models, no network. */
@NullMarked
package dev.freshet.engines.embedding;

import org.jspecify.annotations.NullMarked;
