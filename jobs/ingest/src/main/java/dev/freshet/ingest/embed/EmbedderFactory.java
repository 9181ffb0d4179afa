package dev.freshet.ingest.embed;

import dev.freshet.core.embed.Embedder;
import java.io.Serializable;

/** Opens the embedder where the stage runs; may hand out one for all subtasks of a process. */
@FunctionalInterface
public interface EmbedderFactory extends Serializable {
    Embedder open();
}
