/** Domain and pure logic of Freshet: imports no engine. */
@NullMarked
package dev.freshet.core;

import org.jspecify.annotations.NullMarked;
