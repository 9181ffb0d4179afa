package dev.freshet.ingest.embed;

import dev.freshet.core.revision.Revision;
import java.util.List;

/**
 * A revision with the vectors of its new chunks.
 *
 * @param vectors one for each of {@link Revision#added()}, in their order
 */
public record EmbeddedRevision(Revision revision, List<ChunkVector> vectors) {}
