package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.delete;
import static dev.freshet.acceptance.Pipeline.upsert;
import static dev.freshet.acceptance.Pipeline.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.acceptance.OpenSearchChunks.Chunk;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.StackOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One index on real processes: verify finds what is wrong with it and nothing else, repair and rebuild mend it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyAndRebuildIT {
    private static final int LIVE = 225;
    private static final String PAGE = "# Ferry\n\n" + "The ferry leaves from the northern pier at nine. ".repeat(20)
            + "\n\n# Museum\n\n" + "The museum opens at ten and is closed on Mondays. ".repeat(20);

    @TempDir
    private static Path home;

    private static Pipeline pipeline;
    private static OperatorTerminal terminal;
    private static OpenSearchChunks chunks;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(StackOptions.wholeForTests(home, "--checkpoint-interval", "3s"));
        terminal = new OperatorTerminal(pipeline, home);
        chunks = new OpenSearchChunks(pipeline.stack().openSearch());
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    @Order(1)
    void anIndexThatFollowsItsLogIsEqual() throws Exception {
        for (int i = 0; i < 250; i++) {
            pipeline.documents().send(upsert("page-" + i, 1, "An older text of page " + i));
            pipeline.documents().send(upsert("page-" + i, 2, PAGE + "Page " + i));
            if (i % 10 == 0) {
                pipeline.documents().send(delete("page-" + i, 3));
            }
        }
        pipeline.documents().send(utf8("acme/broken"), utf8("{\"op\":\"upsert\""));
        // The same version with another text: the first one stands, and this is a dead letter.
        pipeline.documents().send(upsert("page-1", 2, "A text that claims the same version."));

        assertThat(pipeline.documents().log()).as("what the broker has").hasSize(527);

        // It waits by itself for what is in flight.
        JsonNode report = terminal.verify(0);

        assertThat(report.required("equal").booleanValue()).isTrue();
        assertThat(report.required("changes").intValue()).isEqualTo(527);
        assertThat(report.required("documents").intValue()).isEqualTo(LIVE);
        assertThat(report.required("indexed_documents").intValue()).isEqualTo(LIVE);
        assertThat(report.required("without_outcome").intValue()).isZero();
        assertThat(report.required("refused")).isEqualTo(Json.MAPPER.readTree("{\"malformed_json\":1}"));
    }

    @Test
    @Order(2)
    void whatIsBrokenOnPurposeIsFoundAndNothingElse() throws Exception {
        List<Chunk> ofPage = chunks.of("page-7");
        assertThat(ofPage).hasSizeGreaterThan(1);
        Chunk missing = ofPage.getFirst();
        Chunk changed = ofPage.getLast();
        chunks.delete(missing.id());
        chunks.put(new Chunk(changed.id(), changed.source().deepCopy().put("text", "Somebody wrote this.")));
        chunks.put(new Chunk("stray", changed.source().deepCopy().put("document_id", "page-8")));

        JsonNode report = terminal.verify(1);

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
                        missing.id(),
                        "missing_chunk of acme/page-7",
                        changed.id(),
                        "other_text of acme/page-7",
                        "stray",
                        "orphan_chunk of acme/page-8"));

        chunks.put(missing);
        chunks.put(changed);
        chunks.delete("stray");
        assertThat(terminal.verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(3)
    void aRepairWritesAgainWhatTheIndexLost() throws Exception {
        chunks.lose(chunks.of("page-17").getFirst().id());
        chunks.put(new Chunk("stray", chunks.of("page-8").getFirst().source()));

        assertThat(terminal.verify(0, "--repair").required("equal").booleanValue())
                .isTrue();

        assertThat(terminal.verify(0).required("equal").booleanValue()).isTrue();
    }

    @Test
    @Order(4)
    void aRebuildMakesANewIndexFromStateAndSearchesAreAnsweredThroughout() throws Exception {
        // Nothing that the job writes can replace this: its version in the index has moved on.
        String written = chunks.of("page-7").getLast().id();
        chunks.put(new Chunk(written, chunks.of("page-8").getFirst().source()));
        assertThat(terminal.verify(1).required("equal").booleanValue()).isFalse();
        long tokens = tokensEmbedded();
        AtomicBoolean rebuilt = new AtomicBoolean();
        CompletableFuture<Long> fewest = CompletableFuture.supplyAsync(() -> fewestFound(rebuilt));

        terminal.run("rebuild", "--wait").succeeded();

        rebuilt.set(true);
        assertThat(fewest.get(1, TimeUnit.MINUTES)).isEqualTo(LIVE);
        assertThat(terminal.verify(0).required("equal").booleanValue()).isTrue();
        assertThat(tokensEmbedded()).isEqualTo(tokens);
    }

    private static long tokensEmbedded() throws Exception {
        return Math.round(pipeline.stack().jobMetrics().sum("freshet.embed.tokensEmbedded"));
    }

    /** The fewest documents that any search saw until the end. */
    private static long fewestFound(AtomicBoolean end) {
        long fewest = Long.MAX_VALUE;
        while (!end.get()) {
            try {
                fewest = Math.min(fewest, chunks.documents());
            } catch (Exception e) {
                throw new IllegalStateException("a search failed", e);
            }
        }
        return fewest;
    }
}
