/**
 * Files as a source. In: JSON lines, or one document per file, from any file system that Flink knows. Out:
 * {@link dev.freshet.core.document.RawRecord}. State: the files that are known, and how far each of those under way was read.
 */
@NullMarked
package dev.freshet.ingest.source.file;

import org.jspecify.annotations.NullMarked;
