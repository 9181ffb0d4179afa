package dev.freshet.eval.retrieve;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.eval.judge.Question;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Puts questions to the query API. */
public final class RetrieveStage extends RichAsyncFunction<Question, Retrieval> {
    public static final String NAME = "retrieve";
    private static final long serialVersionUID = 1L;

    private final SearchSettings settings;
    private transient SearchClient client;

    public RetrieveStage(SearchSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        client = new SearchClient(settings);
    }

    @Override
    public void asyncInvoke(Question question, ResultFuture<Retrieval> result) {
        var unused = client.search(question.mode(), question.text()).whenComplete((reply, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failed(question, failure));
                return;
            }
            result.complete(List.of(retrieval(question, reply)));
        });
    }

    private static Retrieval retrieval(Question question, Reply.Final reply) {
        return switch (reply) {
            case Reply.Answered answered ->
                new Retrieval(question, answered.documents(), answered.latencyMillis(), answered.degraded(), null);
            case Reply.Refused refused ->
                new Retrieval(question, List.of(), refused.latencyMillis(), false, refused.reason());
        };
    }

    // The client has tried for the whole deadline: to begin anew would only hide that from the user for longer.
    private static Throwable failed(Question question, Throwable failure) {
        Throwable cause = AsyncFailure.cause(failure);
        return new SuppressRestartsException(new IllegalStateException(
                "Query %s in mode %s: %s".formatted(question.queryId(), question.mode(), cause.getMessage()), cause));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
