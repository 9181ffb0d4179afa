package dev.freshet.ingest.revise;

import dev.freshet.core.chunk.Chunker;
import java.io.Serializable;

/** Opens the chunker where the stage runs. */
@FunctionalInterface
public interface ChunkerFactory extends Serializable {
    Chunker open();
}
