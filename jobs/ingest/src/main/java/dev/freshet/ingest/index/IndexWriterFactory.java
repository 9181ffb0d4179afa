package dev.freshet.ingest.index;

import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.SearchableProbe;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Opens the index writer, and what tells when its writes are searchable, where the stage runs. */
@FunctionalInterface
public interface IndexWriterFactory extends Serializable {
    IndexWriter open();

    /** The probe is of the same index; null where nobody can tell what searches see. */
    default @Nullable SearchableProbe openProbe() {
        return null;
    }
}
