/** Errors for people and programs: RFC 9457 problems, never a stack trace. */
@NullMarked
package dev.freshet.query.problem;

import org.jspecify.annotations.NullMarked;
