package dev.freshet.query.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.document.VersionClock;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.StoredDocument;
import dev.freshet.query.access.Caller;
import dev.freshet.query.access.CallerResolver;
import dev.freshet.query.input.JsonBody;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /v1/documents}, {@code DELETE} and {@code GET /v1/documents/{id}}. */
public final class DocumentsEndpoint {
    private static final String PATH = DocumentPath.PREFIX + "<id>";
    private static final JsonMapper JSON = new JsonMapper();

    private final CallerResolver callers;
    private final ChangeLog changes;
    private final DocumentReader documents;
    private final Duration readTimeout;
    private final InstantSource clock;
    private final VersionClock versions;

    public DocumentsEndpoint(
            CallerResolver callers,
            ChangeLog changes,
            DocumentReader documents,
            Duration readTimeout,
            InstantSource clock) {
        this.callers = callers;
        this.changes = changes;
        this.documents = documents;
        this.readTimeout = readTimeout;
        this.clock = clock;
        this.versions = new VersionClock(clock);
    }

    public void register(RoutesConfig routes) {
        routes.post("/v1/documents", this::put);
        routes.delete(PATH, this::delete);
        routes.get(PATH, this::get);
    }

    private void put(Context ctx) {
        Caller caller = callers.resolve(ctx);
        ObjectNode body = JsonBody.read(ctx, DocumentInput.LARGEST_BODY);
        append(ctx, DocumentInput.read(caller.tenant(), body, versions, clock.instant()));
    }

    private void delete(Context ctx) {
        Caller caller = callers.resolve(ctx);
        DocumentKey key = new DocumentKey(caller.tenant(), DocumentPath.id(ctx));
        ChangeOrder order = DeleteOrder.of(ctx, versions);
        append(ctx, ChangeEnvelope.delete(key, order, clock.instant()));
    }

    private void append(Context ctx, ChangeEnvelope change) {
        SourcePosition position = changes.append(change);
        ObjectNode json = JSON.createObjectNode();
        json.put("tenant", change.key().tenant()).put("id", change.key().id());
        ChangeOrder order = change.order();
        if (order != null) {
            json.put("epoch", order.epoch()).put("version", order.version());
        }
        json.putObject("origin")
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset());
        answer(ctx.status(202), json);
    }

    private void get(Context ctx) {
        Caller caller = callers.resolve(ctx);
        String id = DocumentPath.id(ctx);
        StoredDocument document = read(caller, id)
                .orElseThrow(() ->
                        new ProblemException(Problem.notFound("There is no such document, or you may not see it.")));
        answer(ctx, json(document));
    }

    private Optional<StoredDocument> read(Caller caller, String id) {
        try {
            return documents.read(caller.visibility(), id).get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(
                    Problem.unavailable("index-unavailable", "The index did not answer in time."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("stopping", "This server is stopping; try another."), e);
        }
    }

    private static ObjectNode json(StoredDocument document) {
        ObjectNode json = JSON.createObjectNode();
        json.put("tenant", document.key().tenant());
        json.put("id", document.key().id());
        json.put("epoch", document.order().epoch());
        json.put("version", document.order().version());
        json.put("title", document.fields().title());
        json.put("uri", document.fields().uri());
        json.put("content_type", document.fields().contentType());
        json.put("language", document.fields().language());
        json.put("text", document.text());
        try {
            json.set("metadata", JSON.readTree(document.fields().metadata()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata in the index is JSON", e);
        }
        json.set("acl", JSON.valueToTree(document.fields().acl()));
        json.put("event_time", document.eventTime().toString());
        var chunks = json.putArray("chunks");
        document.passages()
                .forEach(passage -> chunks.addObject()
                        .put("id", passage.chunkId())
                        .put("start", passage.start())
                        .put("end", passage.end()));
        if (!document.missing().isEmpty()) {
            json.set("missing_chunks", JSON.valueToTree(document.missing()));
        }
        return json;
    }

    private static void answer(Context ctx, ObjectNode json) {
        ctx.contentType("application/json").header("Cache-Control", "no-store").result(json.toString());
    }
}
