package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.ingest.source.FilesThenKafka;
import dev.freshet.ingest.source.NoCommands;
import dev.freshet.ingest.source.file.FileChanges;
import dev.freshet.ingest.source.file.FileSettings;
import dev.freshet.ingest.source.file.FileSettings.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileSourcesTest {
    private static final int LARGEST = Topologies.LARGEST_RECORD;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @TempDir
    Path folder;

    private final String name = UUID.randomUUID().toString();
    private final Outside outside = Outside.named(name);

    @Test
    void theIndexEqualsTheFoldOfTheLinesOfAFolder() throws Exception {
        List<RawRecord> log = Logs.shuffled(11, 400, 30);
        write("a.jsonl", log.subList(0, 150));
        write("more/b.jsonl", log.subList(150, 300));
        write("more/c.jsonl.gz", log.subList(300, log.size()));
        Files.writeString(folder.resolve(".hidden.jsonl"), "{");

        run(files(Format.LINES, null));

        Oracle oracle = new Oracle(Topologies.chunker(), LARGEST);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
        assertThat(outside.deadLetters).isEmpty();
    }

    @Test
    void changesWithoutVersionAreInTheOrderOfTheirLines() throws Exception {
        Files.writeString(folder.resolve("a.jsonl"), upsertLine("first") + "\n" + upsertLine("second") + "\n");

        run(files(Format.LINES, null));

        assertThat(texts()).containsExactly("second");
        assertThat(outside.receipts).hasSize(2);
    }

    @Test
    void linesThatAreNoChangesAreDeadLetteredWithFileAndLine() throws Exception {
        Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"op\":\n\n" + upsertLine("x".repeat(LARGEST)) + "\n" + upsertLine("last"));

        run(files(Format.LINES, null));

        assertThat(outside.deadLetters)
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder("malformed_json", "record_too_large");
        assertThat(outside.deadLetters)
                .extracting(letter -> letter.origin().offset())
                .containsExactlyInAnyOrder(0L, 2L);
        assertThat(outside.deadLetters)
                .allSatisfy(letter -> assertThat(letter.origin().topic()).endsWith("/a.jsonl"));
        assertThat(texts()).containsExactly("last");
    }

    @Test
    void everyFileOfAFolderIsADocument() throws Exception {
        Files.writeString(folder.resolve("a.md"), "one page");
        Files.createDirectories(folder.resolve("guides/_drafts"));
        Files.writeString(folder.resolve("guides/b.txt"), "another page");
        Files.writeString(folder.resolve("guides/_drafts/c.md"), "a draft");
        Files.write(folder.resolve("image.webp"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});

        run(files(Format.DOCUMENTS, null));

        assertThat(outside.index.snapshot().documents())
                .containsOnlyKeys(new DocumentKey("acme", "a.md"), new DocumentKey("acme", "guides/b.txt"));
        assertThat(texts()).containsExactlyInAnyOrder("one page", "another page");
        assertThat(outside.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("not_utf8");
            assertThat(letter.documentId()).isEqualTo("image.webp");
            assertThat(letter.value()).hasSize(4);
        });
    }

    @Test
    void aWatchedFolderIsReadOn() throws Exception {
        write("a.jsonl", Logs.shuffled(1, 10, 10));
        Path staged = folder.resolve(".b.jsonl");
        Files.writeString(staged, upsertLine("came later") + "\n");
        Source<RawRecord, ?, ?> watched = files(Format.LINES, Duration.ofMillis(200));
        assertThat(watched.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        StreamExecutionEnvironment env = environment();
        topology(watched).build(env);

        JobClient job = env.executeAsync();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> outside.receipts.size() >= 12);
            assertThat(texts()).doesNotContain("came later");
            Files.move(staged, folder.resolve("b.jsonl"), StandardCopyOption.ATOMIC_MOVE);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(texts()).contains("came later"));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aBacklogIsReadBeforeTheStream() throws Exception {
        List<RawRecord> log = Logs.shuffled(13, 200, 20);
        write("backlog/a.jsonl", log.subList(0, 120));
        write("stream/b.jsonl", log.subList(120, log.size()));

        Source<RawRecord, ?, ?> both =
                FilesThenKafka.source(files("backlog", Format.LINES, null), files("stream", Format.LINES, null));
        run(both);

        Oracle oracle = new Oracle(Topologies.chunker(), LARGEST);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
        try (var records = environment()
                .setParallelism(1)
                .fromSource(both, WatermarkStrategy.noWatermarks(), "changes", TypeInformation.of(RawRecord.class))
                .uid("changes")
                .executeAndCollect()) {
            assertThat(records)
                    .toIterable()
                    .extracting(record -> record.position().topic().contains("/backlog/"))
                    .isEqualTo(IntStream.range(0, log.size())
                            .mapToObj(i -> i < 120)
                            .toList());
        }
    }

    @Test
    void aControlSourceWithoutCommandsEnds() throws Exception {
        NoCommands none = new NoCommands();

        assertThat(none.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        try (var commands = environment()
                .fromSource(none, WatermarkStrategy.noWatermarks(), "control")
                .uid("control")
                .executeAndCollect()) {
            assertThat(commands).isExhausted();
        }
    }

    private void run(Source<RawRecord, ?, ?> source) throws Exception {
        StreamExecutionEnvironment env = environment();
        topology(source).build(env);
        env.execute();
    }

    private static StreamExecutionEnvironment environment() {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = Duration.ofMillis(200);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(IngestJob.configuration(options));
        env.setParallelism(2);
        return env;
    }

    private IngestTopology topology(Source<RawRecord, ?, ?> source) {
        return Topologies.of(name, source, new NoCommands());
    }

    private Source<RawRecord, ?, ?> files(Format format, @Nullable Duration watch) {
        return files("", format, watch);
    }

    private Source<RawRecord, ?, ?> files(String within, Format format, @Nullable Duration watch) {
        return FileChanges.source(
                new FileSettings(folder.resolve(within).toUri().toString(), format, "acme", watch, LARGEST));
    }

    private void write(String file, List<RawRecord> log) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        try (OutputStream plain = Files.newOutputStream(path);
                OutputStream out = file.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            for (RawRecord record : log) {
                out.write(record.value());
                out.write('\n');
            }
        }
    }

    private List<String> texts() {
        return outside.index.snapshot().chunks().values().stream()
                .map(chunk -> chunk.text())
                .toList();
    }

    private static String upsertLine(String text) {
        return "{\"op\":\"upsert\",\"tenant\":\"acme\",\"id\":\"a\",\"content\":\"" + text + "\"}";
    }
}
