package dev.freshet.ingest.index;

import dev.freshet.core.index.IndexWriter;
import java.io.Serializable;

/** Opens the index writer where the stage runs. */
@FunctionalInterface
public interface IndexWriterFactory extends Serializable {
    IndexWriter open();
}
