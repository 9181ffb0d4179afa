package dev.freshet.ingest.embed;

import dev.freshet.core.embed.EmbeddingMemo;
import java.io.Serializable;

/** Opens the memo that processes share where the stage runs; may hand out one for all subtasks of a process. */
@FunctionalInterface
public interface EmbeddingMemoFactory extends Serializable {
    /** Nothing is shared. */
    EmbeddingMemoFactory NONE = () -> EmbeddingMemo.NONE;

    EmbeddingMemo open();
}
