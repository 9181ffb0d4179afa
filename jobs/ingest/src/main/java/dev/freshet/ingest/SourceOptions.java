package dev.freshet.ingest;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.ingest.kafka.KafkaConnection;
import dev.freshet.ingest.source.FilesThenKafka;
import dev.freshet.ingest.source.KafkaChanges;
import dev.freshet.ingest.source.StartPosition;
import dev.freshet.ingest.source.file.FileChanges;
import dev.freshet.ingest.source.file.FileSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where changes come from. */
final class SourceOptions {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final String KAFKA = "kafka";
    private static final String FILES = "files";
    private static final String FILES_THEN_KAFKA = "files-then-kafka";
    private static final String LINES = "lines";
    private static final String DOCUMENTS = "documents";

    @Option(
            names = "--source",
            defaultValue = KAFKA,
            description = "Where changes come from: kafka, files, or files-then-kafka: a backlog in files first."
                    + " Default: ${DEFAULT-VALUE}")
    String source = KAFKA;

    @Option(
            names = "--documents-topic",
            split = ",",
            defaultValue = "documents",
            description = "Changes come from this topic, or from several: a,b. Default: ${DEFAULT-VALUE}")
    List<String> documentsTopics = List.of("documents");

    @Option(
            names = "--start",
            defaultValue = "earliest",
            description = "Where a job without state begins: earliest, latest, timestamp:2026-01-31T12:00:00Z or"
                    + " offsets:topic:partition:offset,... (partitions that are not named: earliest)."
                    + " Default: ${DEFAULT-VALUE}")
    String start = "earliest";

    @Option(
            names = "--kafka-property",
            description = "key=value for every Kafka client of the job, such as security.protocol=SASL_SSL; repeatable."
                    + " A secret can stay out of the command line with Kafka's config.providers.")
    List<String> kafkaProperties = new ArrayList<>();

    @Option(
            names = "--files",
            description = "Folder or file with changes, as a URI of any file system that Flink has: file:/data or"
                    + " s3://bucket/folder. Files and folders whose name begins with . or _ are left out.")
    @Nullable
    String files;

    @Option(
            names = "--files-format",
            defaultValue = LINES,
            description = "lines: a change in JSON on every line (also .gz); a change without version gets its line's"
                    + " number, which orders changes within one file only. documents: every file is one document,"
                    + " whose version is the time of its last change. Default: ${DEFAULT-VALUE}")
    String filesFormat = LINES;

    @Option(
            names = "--files-tenant",
            defaultValue = ChangeReader.DEFAULT_TENANT,
            description = "Tenant of the documents of --files-format documents. Default: ${DEFAULT-VALUE}")
    String filesTenant = ChangeReader.DEFAULT_TENANT;

    @Option(
            names = "--files-watch",
            converter = IngestOptions.TimeConverter.class,
            description = "Look for new files this often, such as 10s; without it the job ends after the files that are"
                    + " there. A file is read once: move it into the folder when it is complete. Later changes of it, and"
                    + " its removal, are not seen; freshet ingest --delete-missing sees both.")
    @Nullable
    Duration filesWatch;

    /** Everything that is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        boolean known = List.of(KAFKA, FILES, FILES_THEN_KAFKA).contains(source);
        IngestOptions.check(known, "--source must be kafka, files or files-then-kafka", problems);
        IngestOptions.check(
                !documentsTopics.isEmpty()
                        && documentsTopics.stream()
                                .allMatch(topic -> TOPIC.matcher(topic).matches()),
                "--documents-topic must be names of topics: letters, digits, '.', '_' and '-'",
                problems);
        startProblems(problems);
        problems.addAll(KafkaConnection.problems(kafkaProperties));
        if (known) {
            filesProblems(problems);
        }
        return problems;
    }

    private void startProblems(List<String> problems) {
        try {
            Set<String> unknown = new TreeSet<>(StartPosition.parse(start).topics());
            documentsTopics.forEach(unknown::remove);
            IngestOptions.check(
                    unknown.isEmpty(),
                    "--start names topics that are not in --documents-topic: " + String.join(", ", unknown),
                    problems);
        } catch (IllegalArgumentException e) {
            problems.add("--start: " + e.getMessage());
        }
    }

    private void filesProblems(List<String> problems) {
        if (source.equals(KAFKA)) {
            IngestOptions.check(
                    files == null && filesWatch == null,
                    "--files and --files-watch need --source files or files-then-kafka",
                    problems);
            return;
        }
        IngestOptions.check(files != null && !files.isBlank(), "--source " + source + " needs --files", problems);
        IngestOptions.check(
                List.of(LINES, DOCUMENTS).contains(filesFormat), "--files-format must be lines or documents", problems);
        IngestOptions.check(
                !filesTenant.isBlank() && filesTenant.indexOf('/') < 0,
                "--files-tenant must not be empty or contain '/'",
                problems);
        IngestOptions.check(
                filesWatch == null || source.equals(FILES),
                "--files-watch does not go with files-then-kafka: the files must end before Kafka begins",
                problems);
        IngestOptions.check(
                filesWatch == null || filesWatch.toMillis() >= 1000, "--files-watch must be at least 1s", problems);
    }

    KafkaConnection kafka(String bootstrapServers) {
        return KafkaConnection.of(bootstrapServers, kafkaProperties);
    }

    /** The source that these options ask for; they must have no {@link #problems}. */
    Source<RawRecord, ?, ?> changes(KafkaConnection kafka, String consumerGroup, int largestRecord) {
        return switch (source) {
            case FILES -> files(largestRecord);
            case FILES_THEN_KAFKA -> FilesThenKafka.source(files(largestRecord), topics(kafka, consumerGroup));
            default -> topics(kafka, consumerGroup);
        };
    }

    private Source<RawRecord, ?, ?> topics(KafkaConnection kafka, String consumerGroup) {
        return KafkaChanges.source(kafka, List.copyOf(documentsTopics), StartPosition.parse(start), consumerGroup);
    }

    private Source<RawRecord, ?, ?> files(int largestRecord) {
        FileSettings.Format format =
                filesFormat.equals(DOCUMENTS) ? FileSettings.Format.DOCUMENTS : FileSettings.Format.LINES;
        return FileChanges.source(
                new FileSettings(String.valueOf(files), format, filesTenant, filesWatch, largestRecord));
    }
}
