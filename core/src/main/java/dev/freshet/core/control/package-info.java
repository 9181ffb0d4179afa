/** What an operator tells the running job through the control topic. */
@NullMarked
package dev.freshet.core.control;

import org.jspecify.annotations.NullMarked;
