package dev.freshet.bench;

import java.io.IOException;
import java.util.List;

/** Something that is asked for documents. */
interface SearchSide {
    String name();

    /** Searches, and measures what its user would wait for. */
    Answer ask(String query) throws IOException;

    /**
     * What it answered.
     *
     * @param documents best first, each at its best chunk
     * @param degraded whether it left something out
     */
    record Answer(double millis, List<String> documents, boolean degraded) {}
}
