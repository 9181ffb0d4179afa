package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.revision.Fold;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Real Kafka, Flink with the ingest job and OpenSearch; all that was sent so far, and what became of it. */
final class Pipeline implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofMinutes(8);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private LocalStack stack;
    private Documents documents;
    private Outcomes outcomes;

    private Pipeline(StackOptions options, List<RawRecord> backlog) {
        stack = LocalStack.start(options);
        documents = new Documents(stack.kafkaBootstrapServers(), backlog);
        outcomes = new Outcomes(stack.kafkaBootstrapServers());
    }

    static Pipeline start(StackOptions options) {
        return start(options, List.of());
    }

    /** @param backlog what the job reads from elsewhere before it reads Kafka */
    static Pipeline start(StackOptions options, List<RawRecord> backlog) {
        return new Pipeline(options.withoutApi(), backlog);
    }

    LocalStack stack() {
        return stack;
    }

    Documents documents() {
        return documents;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** Stops every process and starts them again in the same home, with other options of the job perhaps. */
    void restart(StackOptions options) {
        List<RawRecord> sent = stopAndRemember();
        stack = LocalStack.start(options.withoutApi());
        documents = new Documents(stack.kafkaBootstrapServers(), sent);
        outcomes = new Outcomes(stack.kafkaBootstrapServers());
    }

    private List<RawRecord> stopAndRemember() {
        try {
            List<RawRecord> sent = documents.log();
            close();
            return sent;
        } catch (Exception e) {
            throw new IllegalStateException("the pipeline could not be stopped", e);
        }
    }

    /** Waits until every record has its one outcome, and compares the index with the fold of all of them. */
    void assertIndexEqualsFold() throws Exception {
        List<RawRecord> log = documents.log();
        outcomes.readAll(log, DEADLINE);
        Oracle oracle = new Oracle(
                Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm"),
                ChangeReader.LARGEST_RECORD,
                Fold.MOST_CHUNKS);
        log.forEach(oracle::read);
        assertThat(oracle.differences(new OpenSearchSnapshot(stack.openSearch()).read()))
                .isEmpty();
        assertThat(outcomes.chunkLetters()).isEmpty();
    }

    /** A document with this text, in tenant {@code acme}. */
    static ChangeEnvelope upsert(String id, long version, String text) {
        return ChangeEnvelope.upsert(
                new DocumentKey("acme", id), new ChangeOrder(0, version), TIME, "text/markdown", text);
    }

    /** The delete of a document in tenant {@code acme}. */
    static ChangeEnvelope delete(String id, long version) {
        return ChangeEnvelope.delete(new DocumentKey("acme", id), new ChangeOrder(0, version), TIME);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A page of so many sections that each becomes at least one chunk. */
    static String page(String topic, int sections) {
        StringBuilder page = new StringBuilder("# " + topic + "\n\n");
        for (int section = 1; section <= sections; section++) {
            page.append("## Part %d of %s\n\n".formatted(section, topic));
            for (int sentence = 1; sentence <= 12; sentence++) {
                page.append("Sentence %d of part %d says something about %s that no other says. "
                        .formatted(sentence, section, topic));
            }
            page.append("\n\n");
        }
        return page.toString();
    }

    @Override
    public void close() {
        try (LocalStack all = stack;
                Documents producer = documents;
                Outcomes consumer = outcomes) {
            assertThat(all).isNotNull();
        }
    }
}
