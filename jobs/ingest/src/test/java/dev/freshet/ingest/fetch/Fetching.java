package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import dev.freshet.ingest.deadletter.PendingResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
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
        ChangeOrLetter fetched = fetchChecked(uri, sha256);
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

    private ChangeOrLetter fetchChecked(String uri, @Nullable String sha256) throws Exception {
        return begin(change(new ContentReference(uri, sha256))).get(30, TimeUnit.SECONDS);
    }

    ChangeOrLetter fetch(String uri, String contentType) throws Exception {
        DocumentFields fields = new DocumentFields(null, null, contentType, "{}", List.of());
        return begin(DocumentChange.upsert(
                        KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields, new ContentReference(uri, null), RAW))
                .get(30, TimeUnit.SECONDS);
    }

    CompletableFuture<ChangeOrLetter> begin(DocumentChange change) {
        PendingResult result = new PendingResult();
        stage.asyncInvoke(change, result);
        return result.done();
    }

    static DocumentChange change(ContentReference reference) {
        DocumentFields fields = new DocumentFields(null, null, "text/plain", "{}", List.of());
        return DocumentChange.upsert(KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields, reference, RAW);
    }

    @Override
    public void close() {
        stage.close();
    }
}
