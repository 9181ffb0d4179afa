/** The contract of embedders, and a fake that needs no model. */
@NullMarked
package dev.freshet.core.embed;

import org.jspecify.annotations.NullMarked;
