/** What a change to a document is: its key, its place in the order of changes, its fields, where it was read. */
@NullMarked
package dev.freshet.core.document;

import org.jspecify.annotations.NullMarked;
