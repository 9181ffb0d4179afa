/** The port to embedding models: texts in, one outcome per text out. */
@NullMarked
package dev.freshet.core.embed;

import org.jspecify.annotations.NullMarked;
