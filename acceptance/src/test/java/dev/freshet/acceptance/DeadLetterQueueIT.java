package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.DEADLINE;
import static dev.freshet.acceptance.Pipeline.upsert;
import static dev.freshet.acceptance.Pipeline.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.DeadLetterJson;
import dev.freshet.local.stack.StackOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a real job, from a terminal: looked at, replayed, discarded. Every test goes on with the letters of those before it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLetterQueueIT {
    @TempDir
    private static Path home;

    private static Pipeline pipeline;
    private static OperatorTerminal terminal;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(StackOptions.wholeForTests(home, "--checkpoint-interval", "3s"));
        terminal = new OperatorTerminal(pipeline, home);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    @Order(1)
    void theyAreListedAndShownWithoutWhatWouldSteerATerminal() throws Exception {
        pipeline.documents().send(utf8("acme/broken"), utf8("{\"op\":\"upsert\""));
        pipeline.documents().send(upsert("page-1", 2, "A text."));
        pipeline.documents().send(upsert("page-1", 2, "A text that claims the same version."));
        // One after the other, although they lie in different partitions.
        pipeline.assertIndexEqualsFold();
        pipeline.documents().send(utf8("acme/ansi"), utf8("{\u001b[31m"));
        pipeline.assertIndexEqualsFold();

        JsonNode letters = terminal.letters("--reason=malformed_json");

        assertThat(letters.findValuesAsText("document")).containsExactly("acme/broken", "acme/ansi");
        String handle = letters.get(1).required("handle").textValue();
        assertThat(terminal.run("dlq", "show", handle).succeeded())
                .contains("malformed_json", "parse", "{\\u001b[31m")
                .doesNotContain("\u001b");
        assertThat(terminal.run("dlq", "list", "--stage=revise").succeeded())
                .contains("version_conflict", "acme/page-1")
                .doesNotContain("malformed_json");
        assertThat(terminal.letters("--tenant=globex")).isEmpty();
    }

    @Test
    @Order(2)
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
                Instant.parse("2026-01-31T12:00:00Z"),
                "acme",
                "lost",
                lost.recordKey(),
                lost.recordValue(),
                List.of());
        pipeline.documents().sendTo("dead-letters", lost.recordKey(), DeadLetterJson.write(letter));
        JsonNode listed = terminal.letters("--reason=gave_up");
        assertThat(listed).hasSize(1);
        String handle = listed.get(0).required("handle").textValue();

        assertThat(terminal.run("dlq", "replay", "--reason=gave_up").succeeded())
                .contains("Replayed 1 records");
        awaitOutcomes("lost", 1);
        assertThat(terminal.letters("--reason=gave_up")).isEmpty();
        assertThat(terminal.letters("--reason=gave_up", "--all")
                        .get(0)
                        .required("resolution")
                        .textValue())
                .isEqualTo("replayed");
        terminal.run("dlq", "replay", handle).succeeded();
        awaitOutcomes("lost", 2);

        assertThat(outcomesOf("lost")).containsExactlyInAnyOrder(Outcome.APPLIED, Outcome.UNCHANGED);
    }

    @Test
    @Order(3)
    void aReplayNeverOvertakesWhatCameAfter() throws Exception {
        pipeline.documents().send(upsert("page-1", 5, "The text that counts by now."));
        awaitOutcomes("page-1", 2);

        terminal.run("dlq", "replay", "--reason=version_conflict").succeeded();

        awaitOutcomes("page-1", 3);
        assertThat(outcomesOf("page-1"))
                .containsExactlyInAnyOrder(Outcome.APPLIED, Outcome.APPLIED, Outcome.SUPERSEDED);
        // What was replayed is in the log twice.
        assertThat(terminal.verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(4)
    void discardedOnesAreNotListedAnyMore() throws Exception {
        List<String> handles = terminal.letters("--reason=malformed_json").findValuesAsText("handle");
        assertThat(handles).hasSize(2);

        terminal.run("dlq", "discard", handles.get(0), handles.get(1)).succeeded();

        assertThat(terminal.letters()).isEmpty();
        assertThat(terminal.letters("--all", "--reason=malformed_json").findValuesAsText("resolution"))
                .containsExactly("discarded", "discarded");
        Command.Result none = terminal.run("dlq", "discard", "0@999999");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.errors()).hasLineCount(1).contains("0@999999");
    }

    private static List<Outcome> outcomesOf(String id) {
        return pipeline.outcomes().receipts().values().stream()
                .filter(receipt -> receipt.key().id().equals(id))
                .map(receipt -> receipt.outcome())
                .toList();
    }

    private static void awaitOutcomes(String id, int count) {
        pipeline.outcomes()
                .readUntil(id + " has its outcomes", () -> outcomesOf(id).size() >= count, DEADLINE);
    }
}
