package dev.freshet.query.documents;

import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;

/** The port to the stream of document changes. Safe for concurrent use. */
public interface ChangeLog extends AutoCloseable {
    /**
     * Appends a change, and waits until it is safe.
     *
     * @return its place in the stream
     * @throws dev.freshet.query.problem.ProblemException when the stream does not take it within the deadline
     */
    SourcePosition append(ChangeEnvelope change);

    @Override
    void close();
}
