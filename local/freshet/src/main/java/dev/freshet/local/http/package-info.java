/** JSON over HTTP with a deadline on every call. */
@NullMarked
package dev.freshet.local.http;

import org.jspecify.annotations.NullMarked;
