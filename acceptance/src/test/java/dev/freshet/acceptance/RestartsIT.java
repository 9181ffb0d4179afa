package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.DEADLINE;
import static dev.freshet.acceptance.Pipeline.page;
import static dev.freshet.acceptance.Pipeline.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.reliability.Survives;
import dev.freshet.local.flink.Checkpoints;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.stack.StackOptions;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The job loses what it did since its last checkpoint, its parallelism, its newest checkpoint, and at last its input. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartsIT {
    private static final int DOCUMENTS = 200;

    @TempDir
    private static Path home;

    private static StackOptions options;
    private static Pipeline pipeline;
    private static boolean stopped;

    @BeforeAll
    static void start() {
        // No checkpoint but the last one of every run: all work before a crash is done again.
        options = StackOptions.wholeForTests(home, "--checkpoint-interval", "1h");
        pipeline = Pipeline.start(options);
    }

    @AfterAll
    static void stop() {
        if (!stopped) {
            pipeline.close();
        }
    }

    @Test
    @Order(1)
    @Survives({"F1", "F2"})
    void aTaskManagerKilledBetweenAcknowledgementAndCheckpointReplaysWithoutDuplicates() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            pipeline.documents().send(upsert("doc-" + i, 1, page("number " + i, 2)));
        }
        pipeline.documents().log();
        pipeline.outcomes()
                .readUntil(
                        "half is acknowledged",
                        () -> pipeline.outcomes().receipts().size() >= DOCUMENTS / 2,
                        DEADLINE);

        pipeline.stack().kill(Component.TASKMANAGER);

        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(2)
    @Survives("F3")
    void theJobContinuesAtAnotherParallelism() throws Exception {
        pipeline.restart(options.withIngestArguments("--checkpoint-interval", "1h", "--parallelism", "3"));

        assertThatStateIsKept(2);
    }

    @Test
    @Order(3)
    @Survives("F4")
    void aCorruptNewestCheckpointIsPassedOverForAnOlderOne() throws Exception {
        pipeline.restart(options.withIngestArguments("--checkpoint-interval", "1h", "--parallelism", "1"));
        assertThatStateIsKept(3);
        pipeline.close();
        List<Path> checkpoints = Checkpoints.newestFirst(home.resolve("checkpoints/ingest"));
        assertThat(checkpoints).hasSizeGreaterThan(1);
        truncate(checkpoints.getFirst().resolve("_metadata"));

        pipeline.restart(options.withIngestArguments("--checkpoint-interval", "1h", "--parallelism", "2"));

        assertThatStateIsKept(4);
        stopped = true;
        pipeline.close();
    }

    @Test
    @Order(4)
    @Survives("F10")
    void expiredOffsetsFailLoudlyAndNameTheGap() throws Exception {
        try (LocalStack kafka = LocalStack.start(options.only(Component.KAFKA))) {
            Documents documents = new Documents(kafka.kafkaBootstrapServers());
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.send(upsert("doc-" + i, 9, "A change that will have expired."));
            }
            List<RawRecord> sent = documents.log();
            documents.close();
            expire(kafka.kafkaBootstrapServers(), sent);
        }

        assertThatThrownBy(() -> LocalStack.start(options.withStartDeadline(Duration.ofSeconds(45)))
                        .close())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Topic documents, partition ")
                .hasMessageContaining("were removed before they were read");
    }

    /** Nothing is embedded again, and a new version of everything is applied. */
    private static void assertThatStateIsKept(int version) throws Exception {
        int before = pipeline.documents().log().size();
        for (int i = 0; i < DOCUMENTS; i++) {
            pipeline.documents()
                    .send(upsert("doc-" + i, version, page("number " + i, 2) + "Edited " + version + ".\n"));
        }
        pipeline.assertIndexEqualsFold();
        List<RawRecord> log = pipeline.documents().log();
        assertThat(log.subList(before, log.size()))
                .extracting(record -> pipeline.outcomes().receipts().get(record.position()))
                .allSatisfy(receipt -> assertThat(receipt.chunksEmbedded()).isLessThan(receipt.chunks()));
    }

    private static void truncate(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) / 2);
        }
    }

    private static void expire(String bootstrapServers, List<RawRecord> sent) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (RawRecord record : sent) {
            var position = record.position();
            all.merge(
                    new TopicPartition(position.topic(), position.partition()),
                    RecordsToDelete.beforeOffset(position.offset() + 1),
                    (one, other) -> one.beforeOffset() > other.beforeOffset() ? one : other);
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.deleteRecords(all).all().get(30, TimeUnit.SECONDS);
        }
    }
}
