package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.engines.chunking.Chunkers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A day with the freshet command: up, bring in a folder, change it, search, measure, down, up again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UserJourneyIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path home;

    @TempDir
    private static Path folder;

    private static Freshet freshet;

    @BeforeAll
    static void start() throws Exception {
        freshet = new Freshet(home);
        freshet.up();
    }

    @AfterAll
    static void stop() throws Exception {
        List<Long> processes = processes();
        freshet.run("down").succeeded();
        assertThat(processes).isNotEmpty().noneMatch(UserJourneyIT::lives);
    }

    @Test
    @Order(1)
    void searchFollowsAFileThatChangesAndAFileThatGoes() throws Exception {
        Path page = folder.resolve("ferry.md");
        Files.writeString(page, "# Ferry\n\nThe ferry leaves from the northern pier.\n");
        Files.writeString(folder.resolve("museum.md"), "# Museum\n\nThe museum opens at nine.\n");
        ingest("--wait");
        assertThat(passages("northern pier ferry")).anyMatch(text -> text.contains("northern pier"));

        Files.writeString(page, "# Ferry\n\nThe ferry leaves from the southern quay.\n");
        Files.delete(folder.resolve("museum.md"));
        ingest();

        awaitPassages("southern quay ferry", texts -> texts.stream().anyMatch(text -> text.contains("southern quay")));
        awaitPassages("northern pier ferry", texts -> texts.stream().noneMatch(text -> text.contains("northern pier")));
        awaitPassages(
                "when does the museum open", texts -> texts.stream().noneMatch(text -> text.contains("museum opens")));
    }

    @Test
    @Order(2)
    void theSameFolderAgainEmbedsNothing() throws Exception {
        JsonNode result = ingest("--wait").required("result");

        assertThat(result.path("chunks_embedded").asInt(-1)).isZero();
        assertThat(result.path("dead_letters").asInt(-1)).isZero();
    }

    @Test
    @Order(3)
    void downAndUpAgainLosesNothing() throws Exception {
        freshet.run("down").succeeded();
        freshet.up();

        assertThat(passages("southern quay ferry")).anyMatch(text -> text.contains("southern quay"));
        Files.writeString(folder.resolve("later.md"), "# Lighthouse\n\nThe lighthouse is open at night.\n");
        ingest("--wait");
        assertThat(passages("lighthouse at night")).anyMatch(text -> text.contains("lighthouse is open"));
    }

    @Test
    @Order(4)
    void aRealEditHistoryBroughtInByTheCommandIsInTheIndexAsItsFold() throws Exception {
        Path history = SharedData.folder().resolve("handbook.jsonl.gz");
        assumeTrue(Files.exists(history), "needs handbook.jsonl.gz in the shared data folder");

        JsonNode result = freshet.json("ingest", history.toString(), "--limit=3000", "--tenant=handbook", "--wait")
                .required("result");

        assertThat(result.required("applied").intValue()
                        + result.required("unchanged").intValue()
                        + result.required("superseded").intValue())
                .isEqualTo(3_000);
        Oracle oracle =
                new Oracle(Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm"), ChangeReader.LARGEST_RECORD);
        TopicLog.read(freshet.kafkaBootstrapServers()).forEach(oracle::read);
        OpenSearchSnapshot index = new OpenSearchSnapshot(freshet.openSearch());
        assertThat(oracle.records()).isGreaterThan(3_000);
        assertThat(oracle.differences(index.read())).isEmpty();
    }

    @Test
    @Order(5)
    void qualityOnARealCollectionIsThatOfExactSearch() throws Exception {
        Path collection = SharedData.folder().resolve("cranfield");
        assumeTrue(Files.exists(collection), "needs cranfield in the shared data folder");

        JsonNode modes = freshet.json("eval", collection.toString()).required("modes");

        assertThat(ndcg(modes, "hybrid")).isGreaterThanOrEqualTo(0.415);
        assertThat(ndcg(modes, "keyword")).isGreaterThanOrEqualTo(0.34);
        assertThat(ndcg(modes, "vector")).isGreaterThanOrEqualTo(0.37);
        assertThat(modes.required("hybrid").required("queries").intValue()).isEqualTo(225);
    }

    @Test
    @Order(6)
    void filesOfEveryKindAreFoundByTheirText() throws Exception {
        Files.writeString(
                folder.resolve("fares.html"),
                "<html><head><title>Fares</title></head><body><nav>Home</nav>"
                        + "<p>A return ticket for the ferry costs eleven shillings.</p></body></html>");
        Files.writeString(folder.resolve("fares.py"), "def discount(age):\n    return 0.5 if age < 12 else 0\n");
        Files.write(folder.resolve("timetable.pdf"), pdf("The last ferry on Sundays leaves at half past ten."));
        Files.writeString(folder.resolve("photographs.zip"), "no documents");

        JsonNode report = ingest("--wait");

        assertThat(report.at("/result/dead_letters").asInt(-1)).isZero();
        assertThat(report.at("/skipped/unknown").toString()).isEqualTo("[\"photographs.zip\"]");
        assertThat(passages("price of a return ticket"))
                .anySatisfy(
                        text -> assertThat(text).contains("eleven shillings").doesNotContain("Home"));
        assertThat(passages("last ferry on Sundays")).anyMatch(text -> text.contains("half past ten"));
        assertThat(passages("discount by age")).anyMatch(text -> text.contains("def discount(age):"));
    }

    @Test
    @Order(7)
    void whatIsWrongIsSaidInOneLineWithStatusTwo() throws Exception {
        assertThat(freshet.run("serch")).satisfies(result -> {
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.errors()).hasLineCount(1).contains("serch");
        });
        assertThat(freshet.run("ingest", "no-such-folder")).satisfies(result -> {
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.errors()).hasLineCount(1).contains("no-such-folder");
        });
    }

    /** One page with one line, as short as a PDF can be. */
    private static byte[] pdf(String line) {
        String text = "BT /F 12 Tf 72 720 Td (%s) Tj ET".formatted(line);
        return """
                %%PDF-1.4
                1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
                2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
                3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj
                4 0 obj << /Length %d >> stream
                %s
                endstream endobj
                5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
                trailer << /Root 1 0 R >>
                %%%%EOF
                """.formatted(text.length(), text).getBytes(StandardCharsets.US_ASCII);
    }

    private static double ndcg(JsonNode modes, String mode) {
        return modes.required(mode).required("ndcg@10").doubleValue();
    }

    private static JsonNode ingest(String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", folder.toString(), "--tenant", "town", "--delete-missing"));
        arguments.addAll(List.of(options));
        return freshet.json(arguments.toArray(String[]::new));
    }

    private static void awaitPassages(String query, Predicate<List<String>> condition) throws Exception {
        long until = System.nanoTime() + SOON.toNanos();
        List<String> found = passages(query);
        while (!condition.test(found)) {
            assertThat(System.nanoTime()).as("still found: %s", found).isLessThan(until);
            found = passages(query);
        }
    }

    private static List<String> passages(String query) throws Exception {
        JsonNode hits = freshet.json("search", query, "--tenant", "town").required("hits");
        List<String> texts = new ArrayList<>();
        hits.forEach(hit -> texts.add(hit.required("text").textValue()));
        return texts;
    }

    private static List<Long> processes() throws Exception {
        List<Long> pids = new ArrayList<>();
        freshet.status().findValues("pid").forEach(pid -> pids.add(pid.longValue()));
        return pids;
    }

    /** A process that ended but was not collected, as in a container without an init, has no program. */
    private static boolean lives(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .isPresent();
    }
}
