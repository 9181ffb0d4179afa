/** What is said of a chunk beside its text. In: a chunk. Out: {@link dev.freshet.core.describe.ChunkMetadata}. State: none. */
@NullMarked
package dev.freshet.core.describe;

import org.jspecify.annotations.NullMarked;
