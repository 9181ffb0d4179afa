/** Real servers for tests, each a process with its own class path. */
@NullMarked
package dev.freshet.engines.process;

import org.jspecify.annotations.NullMarked;
