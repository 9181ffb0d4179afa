package dev.freshet.bench;

import dev.freshet.bench.contender.PageChange;
import java.io.IOException;
import java.util.List;

/** A tool that keeps pages searchable, as one of those that take turns. */
interface Side {
    String name();

    /** Indexes pages that it has not seen, and forgets those of earlier turns; done when OpenSearch has acknowledged all. */
    SideRound load(int turn, List<PageChange> pages) throws IOException;

    /** Brings the pages of this turn's load to their next states. */
    SideRound replay(int turn, List<PageChange> changes) throws IOException;
}
