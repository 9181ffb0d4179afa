package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.core.envelope.DeadLetterJson;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does from a terminal, with real processes: verify, dead letters, commands to the job. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorCommandsIT {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final String PAGE = "# Ferry\n\n" + "The ferry leaves from the northern pier at nine. ".repeat(20)
            + "\n\n# Museum\n\n" + "The museum opens at ten and is closed on Mondays. ".repeat(20);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path home;

    private static LocalStack stack;
    private static Documents documents;
    private static Outcomes outcomes;
    private static Command freshet;

    @BeforeAll
    static void start() {
        EnumSet<Component> withoutApi = EnumSet.complementOf(EnumSet.of(Component.API));
        stack = LocalStack.start(
                StackOptions.wholeForTests(home, "--checkpoint-interval", "3s").withComponents(withoutApi));
        documents = new Documents(stack.kafkaBootstrapServers());
        outcomes = new Outcomes(stack.kafkaBootstrapServers());
        freshet = new Command(SharedData.project(), "--kafka-bootstrap-servers=" + stack.kafkaBootstrapServers());
    }

    @AfterAll
    static void stop() {
        try (LocalStack all = stack;
                Documents producer = documents;
                Outcomes consumer = outcomes) {
            assertThat(all).isNotNull();
        }
    }

    @Test
    @Order(1)
    void anIndexThatFollowsItsLogIsEqual() throws Exception {
        for (int i = 0; i < 250; i++) {
            documents.send(upsert("page-" + i, 1, "An older text of page " + i));
            documents.send(upsert("page-" + i, 2, PAGE + "Page " + i));
            if (i % 10 == 0) {
                documents.send(ChangeEnvelope.delete(key("page-" + i), new ChangeOrder(0, 3), TIME));
            }
        }
        documents.send(bytes("acme/broken"), bytes("{\"op\":\"upsert\""));
        // The same version with another text: the first one stands, and this is a dead letter.
        documents.send(upsert("page-1", 2, "A text that claims the same version."));

        assertThat(documents.log()).as("what the broker has").hasSize(527);

        // It waits by itself for what is in flight.
        JsonNode report = verify(0);

        assertThat(report.required("equal").booleanValue()).isTrue();
        assertThat(report.required("changes").intValue()).isEqualTo(527);
        assertThat(report.required("documents").intValue()).isEqualTo(225);
        assertThat(report.required("indexed_documents").intValue()).isEqualTo(225);
        assertThat(report.required("without_outcome").intValue()).isZero();
        assertThat(report.required("refused")).isEqualTo(Json.MAPPER.readTree("{\"malformed_json\":1}"));
    }

    @Test
    @Order(2)
    void whatIsBrokenOnPurposeIsFoundAndNothingElse() throws Exception {
        List<JsonNode> chunks = chunksOf("page-7");
        assertThat(chunks).hasSizeGreaterThan(1);
        JsonNode missing = chunks.getFirst();
        JsonNode changed = chunks.getLast();
        JsonNode stray = ((ObjectNode) changed.path("_source").deepCopy()).put("document_id", "page-8");
        call("DELETE", "/freshet-chunks/_doc/" + id(missing), null);
        put(id(changed), ((ObjectNode) changed.path("_source").deepCopy()).put("text", "Somebody wrote this."));
        put("stray", stray);

        JsonNode report = verify(1);

        assertThat(report.required("differences"))
                .isEqualTo(Json.MAPPER.readTree("{\"missing_chunk\":1,\"other_text\":1,\"orphan_chunk\":1}"));
        Map<String, String> found = new HashMap<>();
        report.required("listed")
                .forEach(line -> found.put(
                        line.required("chunk").textValue(),
                        line.required("kind").textValue() + " of "
                                + line.required("document").textValue()));
        assertThat(found)
                .isEqualTo(Map.of(
                        id(missing),
                        "missing_chunk of acme/page-7",
                        id(changed),
                        "other_text of acme/page-7",
                        "stray",
                        "orphan_chunk of acme/page-8"));

        put(id(missing), missing.path("_source"));
        put(id(changed), changed.path("_source"));
        call("DELETE", "/freshet-chunks/_doc/stray", null);
        assertThat(verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(3)
    void deadLettersAreListedAndShownWithoutWhatWouldSteerATerminal() throws Exception {
        documents.send(bytes("acme/ansi"), bytes("{\u001b[31m"));
        outcomes.readAll(documents.log(), DEADLINE);

        JsonNode letters = letters("--reason=malformed_json");

        assertThat(letters.findValuesAsText("document")).containsExactly("acme/broken", "acme/ansi");
        String handle = letters.get(1).required("handle").textValue();
        assertThat(freshet.run("dlq", "show", handle).succeeded())
                .contains("malformed_json", "parse", "{\\u001b[31m")
                .doesNotContain("\u001b");
        assertThat(freshet.run("dlq", "list", "--stage=revise").succeeded())
                .contains("version_conflict", "acme/page-1")
                .doesNotContain("malformed_json");
        assertThat(letters("--tenant=globex")).isEmpty();
    }

    @Test
    @Order(4)
    void aReplayedRecordIsAppliedOnceHoweverOftenItIsReplayed() throws Exception {
        ChangeEnvelope lost = upsert("lost", 1, "A text whose stage gave up for a reason that has passed.");
        // As a stage writes it that gives up; its origin lies before the log, where nothing of this test is.
        DeadLetter letter = new DeadLetter(
                DeadLetter.Scope.RECORD,
                new SourcePosition("documents", 0, Long.MAX_VALUE >> 20),
                "embed",
                "gave_up",
                "the reason has passed",
                3,
                TIME,
                "acme",
                "lost",
                lost.recordKey(),
                lost.recordValue(),
                List.of());
        documents.sendTo("dead-letters", lost.recordKey(), DeadLetterJson.write(letter));
        JsonNode listed = letters("--reason=gave_up");
        assertThat(listed).hasSize(1);
        String handle = listed.get(0).required("handle").textValue();

        assertThat(freshet.run("dlq", "replay", "--reason=gave_up").succeeded()).contains("Replayed 1 records");
        awaitOutcomes("lost", 1);
        assertThat(letters("--reason=gave_up")).isEmpty();
        assertThat(letters("--reason=gave_up", "--all")
                        .get(0)
                        .required("resolution")
                        .textValue())
                .isEqualTo("replayed");
        freshet.run("dlq", "replay", handle).succeeded();
        awaitOutcomes("lost", 2);

        assertThat(outcomesOf("lost")).containsExactlyInAnyOrder(Outcome.APPLIED, Outcome.UNCHANGED);
    }

    @Test
    @Order(5)
    void aReplayNeverOvertakesWhatCameAfter() throws Exception {
        documents.send(upsert("page-1", 5, "The text that counts by now."));
        outcomes.readUntil("page-1 moved on", () -> outcomesOf("page-1").size() >= 3, DEADLINE);

        freshet.run("dlq", "replay", "--reason=version_conflict").succeeded();

        awaitOutcomes("page-1", 4);
        assertThat(outcomesOf("page-1")).contains(Outcome.SUPERSEDED);
        assertThat(verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(6)
    void discardedLettersAreNotListedAnyMore() throws Exception {
        List<String> handles = letters("--reason=malformed_json").findValuesAsText("handle");
        assertThat(handles).hasSize(2);

        freshet.run("dlq", "discard", handles.get(0), handles.get(1)).succeeded();

        assertThat(letters()).isEmpty();
        assertThat(letters("--all", "--reason=malformed_json").findValuesAsText("resolution"))
                .containsExactly("discarded", "discarded");
        Command.Result none = freshet.run("dlq", "discard", "0@999999");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.errors()).hasLineCount(1).contains("0@999999");
    }

    @Test
    @Order(7)
    void aRepairWritesAgainWhatTheIndexLost() throws Exception {
        String lost = id(chunksOf("page-17").getFirst());
        long version = call("GET", "/freshet-chunks/_doc/" + lost, null)
                .required("_version")
                .longValue();
        call("DELETE", "/freshet-chunks/_doc/" + lost + "?version_type=external_gte&version=" + version, null);
        put("stray", ((ObjectNode) chunksOf("page-8").getFirst().path("_source").deepCopy()));

        Command.Result repaired =
                freshet.run("verify", "--repair", "--json", "--opensearch-url=" + stack.openSearch(), "--temp=" + home);

        assertThat(Json.MAPPER.readTree(repaired.succeeded()).required("equal").booleanValue())
                .isTrue();
        assertThat(verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(8)
    void aRebuildMakesANewIndexFromStateAndSearchesAreAnsweredThroughout() throws Exception {
        // Nothing that the job writes can replace this: its version in the index has moved on.
        put(id(chunksOf("page-7").getLast()), chunksOf("page-8").getFirst().path("_source"));
        assertThat(verify(1).required("equal").booleanValue()).isFalse();
        long tokens = Math.round(new JobMetrics(stack).sum("freshet.embed.tokensEmbedded"));
        AtomicBoolean rebuilt = new AtomicBoolean();
        CompletableFuture<Long> fewest = CompletableFuture.supplyAsync(() -> fewestFound(rebuilt));

        freshet.run("rebuild", "--wait").succeeded();

        rebuilt.set(true);
        assertThat(fewest.get(1, TimeUnit.MINUTES)).isEqualTo(226);
        assertThat(verify(0).required("equal").booleanValue()).isTrue();
        assertThat(Math.round(new JobMetrics(stack).sum("freshet.embed.tokensEmbedded")))
                .isEqualTo(tokens);
    }

    /** The fewest documents that any search saw until the end. */
    private long fewestFound(AtomicBoolean end) {
        long fewest = Long.MAX_VALUE;
        while (!end.get()) {
            try {
                fewest = Math.min(
                        fewest,
                        call("GET", "/freshet-documents/_count", null)
                                .required("count")
                                .longValue());
            } catch (Exception e) {
                throw new IllegalStateException("a search failed", e);
            }
        }
        return fewest;
    }

    @Test
    @Order(9)
    void aPausedJobReadsNothingUntilItIsResumed() throws Exception {
        freshet.run("pause").succeeded();
        JobMetrics metrics = new JobMetrics(stack);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> metrics.sum("freshet.source.paused") > 0);
        documents.send(upsert("paused", 1, "Read after the pause."));
        documents.log();

        freshet.run("resume").succeeded();

        awaitOutcomes("paused", 1);
    }

    @Test
    @Order(10)
    void commandsToTheJobLieInTheControlTopic() throws Exception {
        for (String line : List.of("approve --tenant=acme", "discard --tenant=acme", "rebuild", "pause", "resume")) {
            freshet.run(line.split(" ", -1)).succeeded();
        }

        List<ControlCommand> commands = TopicLog.read(stack.kafkaBootstrapServers(), "control").stream()
                .map(record -> ControlJson.read(Objects.requireNonNull(record.value())))
                .toList();
        assertThat(commands)
                .extracting(ControlCommand::kind)
                .containsSubsequence(
                        ControlCommand.Kind.APPROVE,
                        ControlCommand.Kind.DISCARD,
                        ControlCommand.Kind.REBUILD,
                        ControlCommand.Kind.PAUSE,
                        ControlCommand.Kind.RESUME);
        assertThat(commands)
                .extracting(ControlCommand::tenant)
                .filteredOn(Objects::nonNull)
                .containsExactly("acme", "acme");
    }

    private static JsonNode verify(int status) throws Exception {
        Command.Result result =
                freshet.run("verify", "--json", "--opensearch-url=" + stack.openSearch(), "--temp=" + home);
        assertThat(result.status())
                .as("%s%n%s", result.output(), result.errors())
                .isEqualTo(status);
        return Json.MAPPER.readTree(result.output());
    }

    private static JsonNode letters(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("dlq", "list", "--json"));
        arguments.addAll(List.of(options));
        String output = freshet.run(arguments.toArray(String[]::new)).succeeded();
        return Json.MAPPER.readTree(output).required("letters");
    }

    private static List<Outcome> outcomesOf(String id) {
        return outcomes.receipts().values().stream()
                .filter(receipt -> receipt.key().equals(key(id)))
                .map(receipt -> receipt.outcome())
                .toList();
    }

    private static void awaitOutcomes(String id, int count) {
        outcomes.readUntil(id + " has its outcomes", () -> outcomesOf(id).size() >= count, DEADLINE);
    }

    private List<JsonNode> chunksOf(String id) throws Exception {
        JsonNode found = call(
                "POST",
                "/freshet-chunks/_search",
                "{\"size\":100,\"query\":{\"term\":{\"document_id\":\"" + id + "\"}}}");
        List<JsonNode> chunks = new ArrayList<>();
        found.at("/hits/hits").forEach(chunks::add);
        return chunks;
    }

    private void put(String id, JsonNode source) throws Exception {
        call("PUT", "/freshet-chunks/_doc/" + id, source.toString());
    }

    private JsonNode call(String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.openSearch() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isLessThan(300);
        return Json.MAPPER.readTree(answer.body());
    }

    private static String id(JsonNode hit) {
        return hit.required("_id").textValue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DocumentKey key(String id) {
        return new DocumentKey("acme", id);
    }

    private static ChangeEnvelope upsert(String id, long version, String text) {
        return ChangeEnvelope.upsert(key(id), new ChangeOrder(0, version), TIME, "text/markdown", text);
    }
}
