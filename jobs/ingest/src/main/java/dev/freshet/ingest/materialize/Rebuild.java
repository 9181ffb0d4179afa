package dev.freshet.ingest.materialize;

import java.util.Iterator;
import java.util.List;

/** The documents that a rebuild has still to write, in one subtask; those that come later are written as they change. */
final class Rebuild {
    private final RunningRebuild running;
    private final Iterator<String> documents;
    private int left;

    Rebuild(RunningRebuild running, List<String> documents) {
        this.running = running;
        this.documents = documents.iterator();
        this.left = documents.size();
    }

    RunningRebuild running() {
        return running;
    }

    boolean hasNext() {
        return documents.hasNext();
    }

    String next() {
        left--;
        return documents.next();
    }

    int left() {
        return left;
    }
}
