package dev.freshet.engines.llm;

import java.io.IOException;
import java.time.Duration;

/** A model of some kind and its client, for as long as a test takes. */
final class Models implements AutoCloseable {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** Starts a model. */
    interface Kind {
        Models start() throws IOException;
    }

    final LlmAnalyzer analyzer;
    final LlmRewriter rewriter;
    private final FakeModel model;
    private final ChatCompletions client;

    private Models(FakeModel model, Duration deadline) {
        this.model = model;
        this.client = ChatCompletions.open(model.settings(Duration.ofSeconds(30), 32));
        this.analyzer = new LlmAnalyzer(client, deadline);
        this.rewriter = new LlmRewriter(client, deadline);
    }

    static Models right() throws IOException {
        return new Models(new FakeModel(FakeModel::right), PATIENT);
    }

    static Models slow() throws IOException {
        FakeModel model = new FakeModel(FakeModel::right);
        model.from(model::hang);
        return new Models(model, Duration.ofMillis(20));
    }

    static Models cut() throws IOException {
        return new Models(new FakeModel(FakeModel::cut), PATIENT);
    }

    static Models malformed() throws IOException {
        return new Models(new FakeModel(FakeModel.status(200, "<html>busy</html>")), PATIENT);
    }

    static Models hostile() throws IOException {
        String content = "{\"intent\": \"root\", \"complexity\": [], \"time\": \"" + "x".repeat(9_999);
        return new Models(new FakeModel(FakeModel.saying(content)), PATIENT);
    }

    static Models away() throws IOException {
        return new Models(new FakeModel(FakeModel.status(503, "", "Retry-After", "0")), PATIENT);
    }

    @Override
    public void close() {
        client.close();
        model.close();
    }
}
