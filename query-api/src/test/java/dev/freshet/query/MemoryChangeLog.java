package dev.freshet.query;

import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.query.documents.ChangeLog;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** A stream of changes in memory. */
final class MemoryChangeLog implements ChangeLog {
    private final List<ChangeEnvelope> changes = new ArrayList<>();
    private boolean down;

    synchronized void goDown() {
        down = true;
    }

    synchronized List<ChangeEnvelope> changes() {
        return List.copyOf(changes);
    }

    @Override
    public synchronized SourcePosition append(ChangeEnvelope change) {
        if (down) {
            throw new ProblemException(Problem.unavailable("stream-unavailable", "down"));
        }
        changes.add(change);
        return new SourcePosition("documents", 2, changes.size() - 1);
    }

    @Override
    public void close() {}
}
