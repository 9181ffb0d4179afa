/** The API over HTTP: with fakes behind it, and with real engines. */
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
