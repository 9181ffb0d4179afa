/** The contracts of what looks at a query before anything is searched, and the rules that keep them. */
@NullMarked
package dev.freshet.core.analyze;

import org.jspecify.annotations.NullMarked;
