package dev.freshet.bench;

import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Sends bulk requests, a few at a time. */
final class BulkSender {
    /** Writes of a request, as many as the ingest job's has. */
    static final int ITEMS = 500;

    private final IndexWriter writer;
    private final int connections;

    BulkSender(IndexWriter writer, int connections) {
        this.writer = writer;
        this.connections = connections;
    }

    /** Returns when all are acknowledged; a request is taken from the others when there is a connection for it. */
    void send(Iterable<List<IndexWrite>> requests) throws InterruptedException {
        Semaphore free = new Semaphore(connections);
        List<CompletableFuture<List<WriteOutcome>>> answers = new ArrayList<>();
        for (List<IndexWrite> request : requests) {
            free.acquire();
            CompletableFuture<List<WriteOutcome>> answer = writer.write(request);
            answers.add(answer.whenComplete((outcomes, failure) -> free.release()));
        }
        for (CompletableFuture<List<WriteOutcome>> answer : answers) {
            if (!answer.join().stream().allMatch(WriteOutcome.Written.class::isInstance)) {
                throw new IllegalStateException("the bare bulk loop was refused: " + answer.join());
            }
        }
    }
}
