package dev.freshet.engines.opensearch;

import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.ForGeneration;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Gone;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Writes with one {@code _bulk} request per call. */
public final class OpenSearchIndexWriter implements IndexWriter {
    private static final Map<String, String> PARAMETERS =
            Map.of("require_alias", "true", "filter_path", BulkReply.FIELDS);

    private final OpenSearchConnection connection;
    private final InstantSource clock;

    /**
     * Creates a writer.
     *
     * @param connection stays open when the writer is closed
     * @param clock says when a document was indexed
     */
    public OpenSearchIndexWriter(OpenSearchConnection connection, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
        if (writes.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        byte[] body = BulkRequest.body(writes, clock.instant());
        return connection
                .sendLines("/_bulk", PARAMETERS, body)
                .thenCompose(reply -> outcomes(writes, reply))
                .exceptionally(failure -> all(writes, noAnswer(failure)));
    }

    private CompletableFuture<List<WriteOutcome>> outcomes(List<IndexWrite> writes, Reply reply) {
        if (reply.status() == 200) {
            return CompletableFuture.completedFuture(readItems(writes, reply));
        }
        if (WriteFailure.mayPass(reply.status())) {
            return CompletableFuture.completedFuture(all(writes, WriteFailure.ofRequest(reply.status())));
        }
        if (writes.size() == 1) {
            return CompletableFuture.completedFuture(all(
                    writes,
                    new Rejected(
                            "status_" + reply.status(), "OpenSearch refused the request that held this write alone.")));
        }
        return halves(writes);
    }

    /**
     * The request as a whole was refused, such as for its size: find out what in it is to blame. One half after the
     * other, since together they are as large as before.
     */
    private CompletableFuture<List<WriteOutcome>> halves(List<IndexWrite> writes) {
        int middle = writes.size() / 2;
        return write(writes.subList(0, middle))
                .thenCompose(
                        first -> write(writes.subList(middle, writes.size())).thenApply(second -> {
                            List<WriteOutcome> both = new ArrayList<>(first);
                            both.addAll(second);
                            return both;
                        }));
    }

    private static List<WriteOutcome> readItems(List<IndexWrite> writes, Reply reply) {
        try {
            List<WriteOutcome> outcomes = BulkReply.outcomes(reply.body());
            if (outcomes.size() != writes.size()) {
                return all(writes, new Retryable("incomplete_answer"));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                if (writes.get(i) instanceof ForGeneration && WriteFailure.saysThatThereIsNoAlias(outcomes.get(i))) {
                    outcomes.set(i, new Gone());
                }
            }
            return outcomes;
        } catch (IOException e) {
            return all(writes, new Retryable("unreadable_answer"));
        }
    }

    private static Retryable noAnswer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                return new Retryable("timeout", true);
            }
        }
        return new Retryable("no_connection");
    }

    private static List<WriteOutcome> all(List<IndexWrite> writes, WriteOutcome outcome) {
        return Collections.nCopies(writes.size(), outcome);
    }

    @Override
    public void close() {}
}
