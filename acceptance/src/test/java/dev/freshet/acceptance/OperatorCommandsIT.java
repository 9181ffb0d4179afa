package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.core.reliability.Survives;
import dev.freshet.local.flink.JobMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees with status, and tells the running job. Of a tenant with 40 documents, deletes of more than 10 are held back:
 * acme loses all with one delete by filter, globex half of them one by one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorCommandsIT {
    private static final int PAGES = 40;
    private static final int LIMIT = 10;
    private static final int DELETED_ONE_BY_ONE = 20;

    @TempDir
    private static Path home;

    private static Freshet freshet;
    private static Documents documents;
    private static OpenSearchChunks index;

    @BeforeAll
    static void start() throws Exception {
        freshet = new Freshet(home);
        freshet.up(
                "--checkpoint-interval=2s",
                "--job-option=guard-documents=" + LIMIT,
                "--job-option=guard-percent=20",
                "--job-option=embedder-price-per-million=1000000",
                "--job-option=embedder-currency=EUR");
        documents = new Documents(freshet.kafkaBootstrapServers());
        index = new OpenSearchChunks(freshet.openSearch());
    }

    @AfterAll
    static void stop() throws Exception {
        documents.close();
        freshet.run("down").succeeded();
    }

    @Test
    @Order(1)
    void deletesOverTheLimitAreHeldBackAndStatusShowsThem() throws Exception {
        for (String tenant : List.of("acme", "globex")) {
            for (int i = 0; i < PAGES; i++) {
                documents.send(upsert(tenant, "page-" + i, "Page " + i + " of " + tenant + " is about the ferry."));
            }
        }
        soon().until(() -> index.documents() == 2 * PAGES);

        documents.send(ChangeEnvelope.deleteByFilter("acme", new ChangeOrder(0, 2), null, null, "page-"));
        for (int i = 0; i < DELETED_ONE_BY_ONE; i++) {
            documents.send(ChangeEnvelope.delete(new DocumentKey("globex", "page-" + i), new ChangeOrder(0, 2), null));
        }

        soon().until(() -> parked() == 1 + DELETED_ONE_BY_ONE - LIMIT);
        soon().until(() -> index.documentsOf("globex") == PAGES - LIMIT);
        assertThat(index.documentsOf("acme")).isEqualTo(PAGES);
        assertThat(hits("acme")).isNotEmpty();
        assertThat(freshet.status().required("account").required("parked").longValue())
                .isEqualTo(11);
        assertThat(freshet.run("status").succeeded()).contains("11 deletes are held back", "freshet approve");
        // As status says: there it is, whose deletes they are.
        assertThat(freshet.run("logs", "taskmanager", "-n", "1000").succeeded())
                .contains("Deletes are held back: tenant=acme", "Deletes are held back: tenant=globex");
    }

    @Test
    @Order(2)
    void approvedDeletesOfATenantAreCarriedOut() throws Exception {
        freshet.run("approve", "--tenant=acme").succeeded();

        soon().until(() -> index.documentsOf("acme") == 0);
        assertThat(hits("acme")).isEmpty();
        soon().until(() -> parked() == DELETED_ONE_BY_ONE - LIMIT);
        assertThat(index.documentsOf("globex")).isEqualTo(PAGES - LIMIT);
    }

    @Test
    @Order(3)
    void discardedDeletesBecomeDeadLettersAndTheirDocumentsStay() throws Exception {
        freshet.run("discard", "--tenant=globex").succeeded();

        soon().until(() -> parked() == 0);
        JsonNode letters =
                freshet.json("dlq", "list", "--reason=delete_discarded").required("letters");
        assertThat(letters).hasSize(DELETED_ONE_BY_ONE - LIMIT);
        assertThat(index.documentsOf("globex")).isEqualTo(PAGES - LIMIT);
        assertThat(hits("globex")).isNotEmpty();
        assertThat(freshet.run("status").succeeded())
                .doesNotContain("held back")
                .contains("10 dead letters");
        assertThat(freshet.run("verify").succeeded()).isNotEmpty();
    }

    @Test
    @Order(4)
    void aPausedJobReadsNothingUntilItIsResumed() throws Exception {
        freshet.run("pause").succeeded();
        String job = freshet.status().required("job").required("id").textValue();
        JobMetrics metrics = new JobMetrics(freshet.flink(), () -> job);
        soon().until(() -> metrics.sum("freshet.source.paused") > 0);
        documents.send(upsert("paused", "page", "Read after the pause."));
        documents.log();

        freshet.run("resume").succeeded();

        soon().until(() -> index.documentsOf("paused") == 1);
    }

    @Test
    @Order(5)
    void commandsToTheJobLieInTheControlTopic() throws Exception {
        freshet.run("rebuild").succeeded();

        List<ControlCommand> commands = TopicLog.read(freshet.kafkaBootstrapServers(), "control").stream()
                .map(record -> ControlJson.read(Objects.requireNonNull(record.value())))
                .toList();
        assertThat(commands)
                .extracting(ControlCommand::kind, ControlCommand::tenant)
                .startsWith(
                        tuple(ControlCommand.Kind.APPROVE, "acme"),
                        tuple(ControlCommand.Kind.DISCARD, "globex"),
                        tuple(ControlCommand.Kind.PAUSE, null),
                        tuple(ControlCommand.Kind.RESUME, null),
                        tuple(ControlCommand.Kind.REBUILD, null));
    }

    /** As on a disk that is full: nothing can be written any more where the checkpoints go. */
    @Test
    @Order(6)
    @Survives("F4")
    void theJobGoesOnWhenNoCheckpointCanBeWrittenAndStatusShowsIt() throws Exception {
        String job = freshet.status().at("/job/id").textValue();
        Path checkpoints = home.resolve("checkpoints/ingest").resolve(job);
        Path away = checkpoints.resolveSibling("away");
        Files.move(checkpoints, away);
        Files.createFile(checkpoints);

        soon().until(() -> freshet.status().at("/job/failing/checkpoints").longValue() >= 2);
        documents.send(upsert("initech", "page", "Indexed although no checkpoint can be written."));
        soon().until(() -> index.documentsOf("initech") == 1);

        assertThat(freshet.run("status").succeeded()).contains("checkpoints failed after it");
        JobMetrics metrics = new JobMetrics(freshet.flink(), () -> job);
        assertThat(metrics.ofJob("numberOfFailedCheckpoints")).isGreaterThanOrEqualTo(2);
        assertThat(metrics.ofJob("lastCheckpointCompletedTimestamp")).isPositive();

        Files.delete(checkpoints);
        Files.move(away, checkpoints);

        soon().until(() -> freshet.status().at("/job/failing").isNull());
    }

    @Test
    @Order(7)
    void statusShowsWhatEmbeddingCostEveryTenant() throws Exception {
        // Both names would be one if Flink had its way with them. The text is one that acme had.
        documents.send(upsert("north.sea", "page-0", "Page 0 of acme is about the ferry."));
        documents.send(upsert("north_sea", "page", "Nobody had this text before."));

        soon().until(() -> embeddingOf("north.sea").path("tokens_saved").longValue() > 0
                && embeddingOf("north_sea").path("tokens_embedded").longValue() > 0);

        assertThat(embeddingOf("north.sea").required("tokens_embedded").longValue())
                .isZero();
        assertThat(embeddingOf("north.sea").required("hit_rate").doubleValue()).isOne();
        assertThat(embeddingOf("north.sea").required("model").textValue()).isEqualTo("all-minilm-l6-v2-q");
        JsonNode acme = embeddingOf("acme");
        assertThat(acme.required("tokens_embedded").longValue()).isGreaterThan(PAGES);
        assertThat(acme.required("cost").doubleValue())
                .isEqualTo(acme.required("tokens_embedded").doubleValue());
        assertThat(acme.required("currency").textValue()).isEqualTo("EUR");
        JsonNode all = freshet.status().required("embedding");
        assertThat(all.required("tokens_paid").longValue())
                .isGreaterThan(acme.required("tokens_embedded").longValue());
        assertThat(all.required("tokens_unused").longValue()).isZero();
        assertThat(freshet.run("status").succeeded())
                .containsPattern("north\\.sea +all-minilm-l6-v2-q +0 +[0-9]+ +100\\.0% +0\\.0000 EUR");
    }

    private static JsonNode embeddingOf(String tenant) throws Exception {
        for (JsonNode line : freshet.status().at("/embedding/tenants")) {
            if (line.required("tenant").textValue().equals(tenant)) {
                return line;
            }
        }
        return MissingNode.getInstance();
    }

    private static long parked() throws Exception {
        return freshet.freshness().required("totals").required("parked").longValue();
    }

    private static JsonNode hits(String tenant) throws Exception {
        return freshet.json("search", "the ferry", "--tenant=" + tenant).required("hits");
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    private static ChangeEnvelope upsert(String tenant, String id, String text) {
        return ChangeEnvelope.upsert(new DocumentKey(tenant, id), new ChangeOrder(0, 1), null, "text/markdown", text);
    }
}
