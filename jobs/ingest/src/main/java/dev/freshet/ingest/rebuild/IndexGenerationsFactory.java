package dev.freshet.ingest.rebuild;

import dev.freshet.core.index.IndexGenerations;
import java.io.Serializable;

/** Opens the index's generations where a stage runs. The index need not be there yet. */
@FunctionalInterface
public interface IndexGenerationsFactory extends Serializable {
    IndexGenerations open();
}
