package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import java.io.IOException;
import java.util.List;
import okhttp3.Dns;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Gives every change its content: most have it, some only say where it lies. */
public final class FetchStage extends RichAsyncFunction<DocumentChange, ChangeOrLetter> {
    public static final String NAME = "fetch";
    /** Most changes of a subtask that wait; as many contents, of the largest size at worst, are in memory. */
    public static final int IN_FLIGHT = 8;

    private static final long serialVersionUID = 1L;

    private final FetchSettings settings;
    private transient AllowedContent allowed;
    private transient FetchMetrics metrics;
    private transient @Nullable HttpContent http;
    private transient @Nullable FetchCalls calls;

    public FetchStage(FetchSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        allowed = AllowedContent.of(settings.allowed());
        metrics = new FetchMetrics(getRuntimeContext().getMetricGroup());
        requireFileSystems();
        ContentReader files = new FileContent(allowed.of("file"), settings.largestContent());
        ContentReader stores = new StoreContent(settings.largestContent());
        HttpContent web = new HttpContent(settings, allowed, Dns.SYSTEM);
        http = web;
        ContentReader byScheme = uri -> switch (uri.scheme()) {
            case "file" -> files.read(uri);
            case "s3" -> stores.read(uri);
            default -> web.read(uri);
        };
        calls = new FetchCalls(byScheme, settings, IN_FLIGHT, metrics);
    }

    private void requireFileSystems() throws IOException {
        List<String> missing = FetchSettings.missingFileSystems(settings.allowed());
        if (!missing.isEmpty()) {
            throw new IOException(String.join("; ", missing));
        }
    }

    @Override
    public void asyncInvoke(DocumentChange change, ResultFuture<ChangeOrLetter> result) {
        ContentReference reference = change.reference();
        if (reference == null) {
            result.complete(List.of(new ChangeOrLetter(change, null)));
            return;
        }
        try {
            var unused = opened().fetch(change, reference, allowed.check(reference.uri()))
                    .whenComplete((fetched, failure) -> {
                        if (failure != null) {
                            result.completeExceptionally(failure);
                        } else {
                            result.complete(List.of(fetched));
                        }
                    });
        } catch (ForbiddenReferenceException e) {
            metrics.refused();
            result.complete(List.of(new ChangeOrLetter(
                    null, FetchCalls.deadLetter(change, "reference_not_allowed", String.valueOf(e.getMessage()), 1))));
        }
    }

    private FetchCalls opened() {
        if (calls == null) {
            throw new IllegalStateException("the stage is not open");
        }
        return calls;
    }

    @Override
    public void close() {
        if (calls != null) {
            calls.close();
        }
        if (http != null) {
            http.close();
        }
    }
}
