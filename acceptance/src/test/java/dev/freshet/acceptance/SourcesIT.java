package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.delete;
import static dev.freshet.acceptance.Pipeline.upsert;
import static dev.freshet.acceptance.Pipeline.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.local.stack.StackOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever changes come from, and however they are written: a backlog of files in S3 and then Kafka; Debezium and CloudEvents; texts that
 * lie in S3. One job reads all of it, with Flink's S3 file system against a server that speaks S3.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SourcesIT {
    private static final int PAGES = 30;
    private static final String DEBEZIUM_KEY = "{\"id\":1042}";

    @TempDir
    private static Path home;

    @TempDir
    private static Path store;

    private static S3Server s3;
    private static Pipeline pipeline;
    private static OpenSearchChunks index;

    @BeforeAll
    static void start() throws Exception {
        s3 = S3Server.start(store);
        List<RawRecord> backlog = new ArrayList<>(object("backlog/upserts.jsonl.gz", upserts()));
        backlog.addAll(object("backlog/later/deletes.jsonl", List.of(delete("page-0", 3), delete("page-1", 3))));
        s3.put("backlog/_unfinished.jsonl", utf8("{"));
        StackOptions options = StackOptions.wholeForTests(
                        home,
                        "--checkpoint-interval=2s",
                        "--source=files-then-kafka",
                        "--files=" + s3.uri("backlog"),
                        "--content-allow=" + s3.uri("texts/"))
                .withFlinkOptions(
                        "s3.endpoint=" + s3.endpoint(),
                        "s3.path-style-access=true",
                        "s3.region=us-east-1",
                        "s3.access-key=" + S3Server.ACCESS_KEY,
                        "s3.secret-key=" + S3Server.SECRET_KEY);
        Path plugin = Files.createDirectories(options.plugins().resolve("s3"));
        Files.copy(S3Server.jar("flink-s3-fs-native"), plugin.resolve("flink-s3-fs-native.jar"));
        pipeline = Pipeline.start(options, backlog);
        index = new OpenSearchChunks(pipeline.stack().openSearch());
    }

    @AfterAll
    static void stop() throws Exception {
        try (S3Server server = s3;
                Pipeline running = pipeline) {
            assertThat(running).isNotNull();
            assertThat(server).isNotNull();
        }
    }

    private static List<ChangeEnvelope> upserts() {
        List<ChangeEnvelope> changes = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            changes.add(upsert("page-" + i, 2, "Page " + i + " as the backlog has it."));
        }
        return changes;
    }

    @Test
    @Order(1)
    void aBacklogInFilesIsReadFirstAndThenKafka() throws Exception {
        pipeline.assertIndexEqualsFold();
        assertThat(index.documents()).isEqualTo(PAGES - 2);

        pipeline.documents().send(upsert("page-2", 3, "Page 2 as Kafka has it."));
        pipeline.documents().send(upsert("page-3", 1, "Page 3 as it was before the backlog."));
        pipeline.documents().send(upsert("page-0", 2, "Page 0 as it was before it was deleted in the backlog."));
        pipeline.documents().send(delete("page-4", 3));
        pipeline.documents().send(upsert("page-" + PAGES, 1, "A page that is in no file."));

        pipeline.assertIndexEqualsFold();
        assertThat(textOf("page-2")).contains("as Kafka has it");
        assertThat(textOf("page-3")).contains("as the backlog has it");
        assertThat(index.documents()).isEqualTo(PAGES - 2);
    }

    @Test
    @Order(2)
    void changesOfDebeziumBecomeSearchableAndDisappear() throws Exception {
        debezium("""
                {"op":"c","before":null,"after":{"id":1042,"title":"Restarting","content":"Stop the job with a savepoint."},
                 "source":{"connector":"postgresql","ts_ms":1769860800000},"ts_ms":1769860800123}""");
        pipeline.assertIndexEqualsFold();
        assertThat(textOf("1042")).contains("Stop the job with a savepoint");

        // As Kafka Connect writes it that adds the schema.
        debezium("""
                {"schema":{"type":"struct","fields":[]},"payload":{"op":"u",
                 "before":{"id":1042},"after":{"id":1042,"title":"Restarting","content":"Pause the job before you stop it."},
                 "ts_ms":1769860900000}}""");
        pipeline.assertIndexEqualsFold();
        assertThat(textOf("1042")).contains("Pause the job").doesNotContain("savepoint");

        debezium("{\"op\":\"d\",\"before\":{\"id\":1042},\"after\":null,\"ts_ms\":1769861000000}");
        pipeline.documents().send(utf8(DEBEZIUM_KEY), null);
        pipeline.assertIndexEqualsFold();
        assertThat(index.of("1042")).isEmpty();
        assertThat(pipeline.outcomes().deadLetters()).isEmpty();
    }

    @Test
    @Order(3)
    void cloudEventsBecomeSearchableAndDisappear() throws Exception {
        cloudEvent(
                Map.of("ce_type", "org.example.document.upsert", "ce_version", "1", "content-type", "text/markdown"),
                "# Stopping\n\nTake a savepoint before anything else.");
        pipeline.assertIndexEqualsFold();
        assertThat(textOf("guides/stop.md")).contains("Take a savepoint");

        pipeline.documents()
                .send(
                        utf8("acme/guides/stop.md"),
                        utf8("""
                                {"specversion":"1.0","id":"e-2","source":"/handbook","type":"org.example.document.upsert",
                                 "subject":"guides/stop.md","tenant":"acme","version":2,
                                 "data":{"content":"Drain the job instead.","metadata":{"team":"platform"}}}"""),
                        Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
        pipeline.assertIndexEqualsFold();
        assertThat(textOf("guides/stop.md")).contains("Drain the job").doesNotContain("savepoint");

        cloudEvent(Map.of("ce_type", "org.example.document.delete", "ce_version", "3"), null);
        pipeline.assertIndexEqualsFold();
        assertThat(index.of("guides/stop.md")).isEmpty();
        assertThat(pipeline.outcomes().deadLetters()).isEmpty();
    }

    /** The oracle does not follow references; this one is last, and looks at the texts itself. */
    @Test
    @Order(4)
    void aTextThatLiesInS3IsIndexedAndOneThatCannotBeHadIsADeadLetter() throws Exception {
        s3.put("texts/restart.md", utf8("# Restarting\n\nThe text itself lies in a bucket."));
        s3.put("secrets/key.txt", utf8("Nobody may read this."));
        reference("there", s3.uri("texts/restart.md"), null);
        reference("missing", s3.uri("texts/nowhere.md"), null);
        reference("changed", s3.uri("texts/restart.md"), "0".repeat(64));
        reference("forbidden", s3.uri("secrets/key.txt"), null);

        List<RawRecord> log = pipeline.documents().log();
        pipeline.outcomes().readAll(log, Pipeline.DEADLINE);

        List<SourcePosition> positions = log.subList(log.size() - 4, log.size()).stream()
                .map(RawRecord::position)
                .toList();
        assertThat(pipeline.outcomes().receipts().get(positions.getFirst()))
                .satisfies(receipt -> assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED));
        assertThat(textOf("there")).contains("The text itself lies in a bucket");
        assertThat(positions.subList(1, 4))
                .extracting(position -> pipeline.outcomes().deadLetters().get(position))
                .extracting(DeadLetter::reason)
                .containsExactly("content_not_found", "checksum_mismatch", "reference_not_allowed");
    }

    private static void reference(String id, String uri, @Nullable String sha256) {
        pipeline.documents()
                .send(ChangeEnvelope.upsert(
                        new DocumentKey("acme", id), null, null, "text/markdown", new ContentReference(uri, sha256)));
    }

    private static void debezium(String value) {
        pipeline.documents().send(utf8(DEBEZIUM_KEY), utf8(value));
    }

    private static void cloudEvent(Map<String, String> headers, @Nullable String data) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e-" + headers.get("ce_version"),
                "ce_source", "/handbook",
                "ce_subject", "guides/stop.md",
                "ce_tenant", "acme"));
        pipeline.documents().send(utf8("acme/guides/stop.md"), data == null ? null : utf8(data), all);
    }

    /** Everything that searches could find of a document. */
    private static String textOf(String document) throws Exception {
        StringBuilder text = new StringBuilder();
        index.of(document)
                .forEach(chunk -> text.append(chunk.source().path("text").textValue()));
        return text.toString();
    }

    /** Puts changes into an object, one on every line, packed where its name says so; as the log has them. */
    private static List<RawRecord> object(String key, List<ChangeEnvelope> changes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<RawRecord> log = new ArrayList<>();
        try (OutputStream lines = key.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
            for (ChangeEnvelope change : changes) {
                log.add(RawRecord.ofValue(new SourcePosition(s3.uri(key), 0, log.size()), 0, change.recordValue()));
                lines.write(change.recordValue());
                lines.write('\n');
            }
        }
        s3.put(key, bytes.toByteArray());
        return log;
    }
}
