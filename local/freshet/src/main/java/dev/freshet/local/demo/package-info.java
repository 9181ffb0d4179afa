/** The demo command: the stack, the documentation of the project, and a search that follows its changes. */
@NullMarked
package dev.freshet.local.demo;

import org.jspecify.annotations.NullMarked;
