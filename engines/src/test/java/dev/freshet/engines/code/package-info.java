@NullMarked
package dev.freshet.engines.code;

import org.jspecify.annotations.NullMarked;
