package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.jspecify.annotations.Nullable;

/** The stage, opened, as a test uses it. */
final class Fetching implements AutoCloseable {
    static final int LARGEST = 10_000;
    static final DocumentKey KEY = new DocumentKey("acme", "a");
    static final RawRecord RAW = new RawRecord(
            new SourcePosition("documents", 0, 17),
            0,
            KEY.path().getBytes(StandardCharsets.UTF_8),
            "{the record}".getBytes(StandardCharsets.UTF_8),
            List.of());

    private final FetchStage stage;

    private Fetching(FetchSettings settings) throws Exception {
        stage = new FetchStage(settings);
        stage.setRuntimeContext(new MockStreamingRuntimeContext(1, 0));
        stage.open(new OpenContext() {});
    }

    static Fetching allowing(String... prefixes) throws Exception {
        return new Fetching(settings(Duration.ofSeconds(20), prefixes));
    }

    static Fetching impatiently(String... prefixes) throws Exception {
        return new Fetching(settings(Duration.ofMillis(1_500), prefixes));
    }

    static FetchSettings settings(Duration deadline, String... prefixes) {
        return new FetchSettings(List.of(prefixes), LARGEST, deadline, Duration.ofSeconds(5), Duration.ofMillis(700));
    }

    /** The text that was read, or the reason of the dead letter. */
    String outcome(String uri, @Nullable String sha256) throws Exception {
        FetchedChange fetched = fetchChecked(uri, sha256);
        DeadLetter refused = fetched.refused();
        return refused == null
                ? String.valueOf(Objects.requireNonNull(fetched.change()).text())
                : refused.reason();
    }

    DocumentChange read(String uri) throws Exception {
        return Objects.requireNonNull(fetchChecked(uri, null).change(), "it was not read");
    }

    DeadLetter deadLetter(String uri) throws Exception {
        return Objects.requireNonNull(fetchChecked(uri, null).refused(), "it was read");
    }

    private FetchedChange fetchChecked(String uri, @Nullable String sha256) throws Exception {
        return begin(change(new ContentReference(uri, sha256))).get(30, TimeUnit.SECONDS);
    }

    FetchedChange fetch(String uri, String contentType) throws Exception {
        DocumentFields fields = new DocumentFields(null, null, contentType, "{}", List.of());
        return begin(DocumentChange.upsert(
                        KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields, new ContentReference(uri, null), RAW))
                .get(30, TimeUnit.SECONDS);
    }

    CompletableFuture<FetchedChange> begin(DocumentChange change) {
        Result result = new Result();
        stage.asyncInvoke(change, result);
        return result.done;
    }

    static DocumentChange change(ContentReference reference) {
        DocumentFields fields = new DocumentFields(null, null, "text/plain", "{}", List.of());
        return DocumentChange.upsert(KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields, reference, RAW);
    }

    @Override
    public void close() {
        stage.close();
    }

    private static final class Result implements ResultFuture<FetchedChange> {
        private final CompletableFuture<FetchedChange> done = new CompletableFuture<>();

        @Override
        public void complete(Collection<FetchedChange> results) {
            done.complete(results.iterator().next());
        }

        @Override
        public void complete(CollectionSupplier<FetchedChange> supplier) {
            throw new AssertionError("the stage has its results at hand");
        }

        @Override
        public void completeExceptionally(Throwable failure) {
            done.completeExceptionally(failure);
        }
    }
}
