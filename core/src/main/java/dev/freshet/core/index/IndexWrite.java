package dev.freshet.core.index;

import dev.freshet.core.document.DocumentKey;

/** One write to the index. The index refuses it where it holds a higher fence under the same id. */
public sealed interface IndexWrite {
    /** The external version of the write. */
    long fence();

    /** Writes a whole chunk. */
    record PutChunk(ChunkDocument chunk) implements IndexWrite {
        @Override
        public long fence() {
            return chunk.fence();
        }
    }

    /** Removes a chunk. */
    record DeleteChunk(String chunkId, long fence) implements IndexWrite {}

    /** Writes a document's fields and manifest. */
    record PutDocument(DocumentEntry entry) implements IndexWrite {
        @Override
        public long fence() {
            return entry.order().fence();
        }
    }

    /** Removes a document's fields and manifest. */
    record DeleteDocument(DocumentKey key, long fence) implements IndexWrite {}

    /** The write, for the indices that are being built instead of those that are searched; see {@link IndexGenerations}. */
    record ForGeneration(String generation, IndexWrite write) implements IndexWrite {
        public ForGeneration {
            if (write instanceof ForGeneration) {
                throw new IllegalArgumentException("a write is for one generation");
            }
        }

        @Override
        public long fence() {
            return write.fence();
        }
    }
}
