/** What the index must hold, computed from the log in plain Java, and how it differs from what it does hold. */
@NullMarked
package dev.freshet.core.oracle;

import org.jspecify.annotations.NullMarked;
