package dev.freshet.ingest.extract;

import dev.freshet.core.extract.TextExtractor;
import java.io.Serializable;

/** Opens the extractor where the stage runs; may hand out one for all subtasks of a process. */
@FunctionalInterface
public interface ExtractorFactory extends Serializable {
    TextExtractor open();
}
