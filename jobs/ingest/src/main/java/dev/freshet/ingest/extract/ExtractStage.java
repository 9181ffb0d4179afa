package dev.freshet.ingest.extract;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.FrontMatter;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Gives every change its text whose content is none; all others have it, and pass as they are. */
public final class ExtractStage extends RichAsyncFunction<DocumentChange, ChangeOrLetter> {
    public static final String NAME = "extract";
    /** Most changes of a subtask that wait; as many contents, of the largest size at worst, are in memory. */
    public static final int IN_FLIGHT = 4;

    private static final long serialVersionUID = 1L;

    private final ExtractorFactory extractors;
    private transient @Nullable TextExtractor extractor;
    private transient ExtractMetrics metrics;

    public ExtractStage(ExtractorFactory extractors) {
        this.extractors = extractors;
    }

    @Override
    public void open(OpenContext context) {
        metrics = new ExtractMetrics(getRuntimeContext().getMetricGroup());
        extractor = extractors.open();
    }

    @Override
    public void asyncInvoke(DocumentChange change, ResultFuture<ChangeOrLetter> result) {
        byte[] content = change.content();
        if (content == null) {
            result.complete(List.of(new ChangeOrLetter(change, null)));
            return;
        }
        DocumentFields stated = Objects.requireNonNull(change.fields(), "an upsert has fields");
        long start = System.nanoTime();
        var unused = Objects.requireNonNull(extractor, "the stage is open")
                .extract(new ForeignContent(content, stated.contentType(), change.documentId()))
                .whenComplete((outcome, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        result.complete(List.of(extracted(change, stated, content.length, outcome, start)));
                    }
                });
    }

    private ChangeOrLetter extracted(
            DocumentChange change, DocumentFields stated, int bytes, ExtractOutcome outcome, long start) {
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return switch (outcome) {
            case Extracted(String text, String contentType, String title) -> {
                metrics.extracted(bytes, took);
                DocumentFields fields = stated.withContentType(contentType).withTitleIfNone(title);
                yield new ChangeOrLetter(change.withText(FrontMatter.completed(fields, text), text), null);
            }
            case Refused(String reason, String message) -> {
                metrics.refused(took);
                yield new ChangeOrLetter(
                        null, DeadLetter.ofRecord(change.raw(), change.key(), NAME, reason, message, Instant.now()));
            }
        };
    }

    @Override
    public void close() {
        if (extractor != null) {
            extractor.close();
        }
    }
}
