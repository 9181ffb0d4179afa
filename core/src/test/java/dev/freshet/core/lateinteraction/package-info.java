@NullMarked
package dev.freshet.core.lateinteraction;

import org.jspecify.annotations.NullMarked;
