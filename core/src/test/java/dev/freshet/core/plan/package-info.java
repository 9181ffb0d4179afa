/** The contract of the search ports, and the laws of fusion. */
@NullMarked
package dev.freshet.core.plan;

import org.jspecify.annotations.NullMarked;
