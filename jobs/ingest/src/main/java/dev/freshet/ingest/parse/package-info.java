/** Bytes to changes. In: raw records. Out: {@link dev.freshet.core.document.DocumentChange}. Side outputs: every record read; dead letters. No state. */
@NullMarked
package dev.freshet.ingest.parse;

import org.jspecify.annotations.NullMarked;
