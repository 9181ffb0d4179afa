/** The search page, from the jar: plain HTML, CSS and one script. */
@NullMarked
package dev.freshet.query.page;

import org.jspecify.annotations.NullMarked;
