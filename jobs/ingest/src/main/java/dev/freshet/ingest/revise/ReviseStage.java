package dev.freshet.ingest.revise;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.revision.Decision;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.deadletter.DeadLetters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Judges every change against its document's state, and turns what is newer into a revision. */
public final class ReviseStage extends KeyedProcessFunction<String, DocumentChange, Revision> {
    public static final String NAME = "revise";

    /** Receipts of changes that need no write. */
    public static final OutputTag<ChangeReceipt> RECEIPTS = new OutputTag<>("receipts-without-write") {
        private static final long serialVersionUID = 1L;
    };

    private static final long serialVersionUID = 1L;

    private final ChunkerFactory chunkers;
    private final LanguageDetectorFactory languages;
    private final int mostChunks;
    private final Duration tombstoneTtl;
    private transient Fold fold;
    private transient ValueState<DocumentState> document;
    private transient ValueState<Long> tombstoneExpiry;
    private transient ReviseMetrics metrics;

    /**
     * @param mostChunks that a document may have
     * @param tombstoneTtl how long a deleted document fences late changes, and how long a patch waits for its document
     */
    public ReviseStage(
            ChunkerFactory chunkers, LanguageDetectorFactory languages, int mostChunks, Duration tombstoneTtl) {
        this.chunkers = chunkers;
        this.languages = languages;
        this.mostChunks = mostChunks;
        this.tombstoneTtl = tombstoneTtl;
    }

    @Override
    public void open(OpenContext context) {
        fold = new Fold(chunkers.open(), languages.open(), mostChunks);
        document = getRuntimeContext().getState(new ValueStateDescriptor<>("document", DocumentState.class));
        tombstoneExpiry = getRuntimeContext().getState(new ValueStateDescriptor<>("tombstone-expiry", Long.class));
        metrics = new ReviseMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(DocumentChange change, Context context, Collector<Revision> out) throws IOException {
        DocumentState state = document.value();
        switch (fold.decide(state, change)) {
            case Decision.Accepted(Revision revision, DocumentState next) -> {
                remember(next, context);
                metrics.accepted(revision);
                out.collect(revision);
            }
            case Decision.Unchanged(DocumentState next) -> {
                remember(next, context);
                metrics.unchanged();
                context.output(RECEIPTS, receipt(change, Outcome.UNCHANGED, next.chunks()));
            }
            case Decision.Superseded() -> {
                metrics.superseded();
                Optional<Revision> leftovers =
                        fold.leftovers(Objects.requireNonNull(state, "something supersedes it"), change, false);
                if (leftovers.isPresent()) {
                    out.collect(leftovers.get());
                } else {
                    context.output(RECEIPTS, receipt(change, Outcome.SUPERSEDED, 0));
                }
            }
            case Decision.Conflicting(String message) -> {
                refuse(change, "version_conflict", message, context);
                fold.leftovers(Objects.requireNonNull(state, "something has its place"), change, true)
                        .ifPresent(out::collect);
            }
            case Decision.Refused(String reason, String message) -> refuse(change, reason, message, context);
        }
    }

    private void refuse(DocumentChange change, String reason, String message, Context context) {
        metrics.deadLettered();
        context.output(
                DeadLetters.TAG, DeadLetter.ofRecord(change.raw(), change.key(), NAME, reason, message, Instant.now()));
    }

    private void remember(DocumentState next, Context context) throws IOException {
        document.update(next);
        if (!next.live()) {
            long expiry = context.timerService().currentProcessingTime() + tombstoneTtl.toMillis();
            tombstoneExpiry.update(expiry);
            context.timerService().registerProcessingTimeTimer(expiry);
            return;
        }
        tombstoneExpiry.clear();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Revision> out) throws IOException {
        Long expiry = tombstoneExpiry.value();
        // A later delete has a later timer; a document that lives again has none.
        if (expiry != null && expiry <= timestamp) {
            document.clear();
            tombstoneExpiry.clear();
        }
    }

    private static ChangeReceipt receipt(DocumentChange change, Outcome outcome, int chunks) {
        return ChangeReceipt.withoutWrite(change, outcome, chunks, Instant.now());
    }
}
