/** What people see: colours and progress bars on a terminal, plain lines elsewhere. */
@NullMarked
package dev.freshet.local.terminal;

import org.jspecify.annotations.NullMarked;
