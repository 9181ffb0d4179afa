package dev.freshet.ingest;

import static org.awaitility.Awaitility.await;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.ingest.embed.EmbeddingMemoFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What lies outside of the job, in memory: embedder, index, topics. A job's functions are copied by serialisation, so
 * they reach it by name.
 */
final class Outside {
    private static final int DIMENSION = 384;
    private static final Map<String, Outside> ALL = new ConcurrentHashMap<>();

    final List<RawRecord> log = new ArrayList<>();
    final InMemoryIndex index = new InMemoryIndex();
    volatile EmbeddingMemoFactory memos = EmbeddingMemoFactory.NONE;

    final ConcurrentLinkedQueue<String> embedded = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<ChangeReceipt> receipts = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<DeadLetter> deadLetters = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<IndexWatermark> watermarks = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<ControlCommand> said = new ConcurrentLinkedQueue<>();
    /** Begun, in all attempts of the job; one begins when the one before is complete. */
    final AtomicInteger checkpoints = new AtomicInteger();
    /** Whether the first write of a rebuild is to fail, once, when a checkpoint holds that it is under way. */
    volatile boolean crashInARebuild;

    /** Records, and commands, that were allowed to be read. */
    final AtomicInteger recordsAllowed = new AtomicInteger();

    /** Whether the last records may be read, in a test that keeps them back. */
    volatile boolean lastAllowed;

    final AtomicInteger commandsAllowed = new AtomicInteger();
    final AtomicBoolean crashed = new AtomicBoolean();
    volatile Supplier<Embedder> embedders = FakeEmbedder::new;
    final AtomicInteger embedderOutages = new AtomicInteger();
    final AtomicInteger busyBulks = new AtomicInteger();

    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger callsBeforeCrash = new AtomicInteger();
    private volatile int callsBetweenCrashes;

    /** The job crashes so often, each time after so many more calls of the embedder or the index. */
    void crashAfter(int times, int calls) {
        callsBetweenCrashes = calls;
        callsBeforeCrash.set(calls);
        crashes.set(times);
    }

    private void perhapsCrash() {
        if (crashes.get() > 0 && callsBeforeCrash.getAndDecrement() == 0) {
            crashes.decrementAndGet();
            callsBeforeCrash.set(callsBetweenCrashes);
            throw new IllegalStateException("crashes on purpose");
        }
    }

    static Outside named(String name) {
        return ALL.computeIfAbsent(name, ignored -> new Outside());
    }

    /** No command that a stage heeds; a generator of no records at all fails. */
    static Source<ControlCommand, ?, ?> noCommands() {
        return commands(index -> command(Kind.RESUME, null));
    }

    /** Approves the tenant's deletes when the document with this path has its receipt. */
    static Source<ControlCommand, ?, ?> approval(String outside, String tenant, String path) {
        return commands(index -> {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Outside.named(outside).receipts.stream()
                            .anyMatch(receipt -> receipt.key().path().equals(path)));
            return command(Kind.APPROVE, tenant);
        });
    }

    private static Source<ControlCommand, ?, ?> commands(GeneratorFunction<Long, ControlCommand> one) {
        return new DataGeneratorSource<>(one, 1, TypeInformation.of(ControlCommand.class));
    }

    private static ControlCommand command(Kind kind, @Nullable String tenant) {
        return new ControlCommand(kind, "command", Instant.EPOCH, tenant, List.of());
    }

    Embedder embedder() {
        return embedders.get();
    }

    /** Reads every content as UTF-8, but for what is said to be protected. */
    TextExtractor extractor() {
        return new TextExtractor() {
            @Override
            public CompletableFuture<ExtractOutcome> extract(ForeignContent content) {
                String text = new String(content.bytes(), StandardCharsets.UTF_8);
                return CompletableFuture.completedFuture(
                        text.contains("protected")
                                ? new ExtractOutcome.Refused("encrypted", "the file is protected by a password")
                                : new ExtractOutcome.Extracted(text, "text/markdown", "Title of the file"));
            }

            @Override
            public void close() {}
        };
    }

    IndexWriter writer() {
        return new BusyWriter();
    }

    /** Collects what the topic of watermarks would get. */
    record WatermarkSink(String outside) implements Sink<IndexWatermark> {
        @Override
        public SinkWriter<IndexWatermark> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(IndexWatermark element, Context ignored) {
                    Outside.named(outside).watermarks.add(element);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    /** Collects what a topic would get. */
    record TopicSink<T>(String outside, boolean letters) implements Sink<T> {
        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(T element, Context ignored) throws IOException {
                    Outside target = Outside.named(outside);
                    if (letters) {
                        target.deadLetters.add((DeadLetter) element);
                    } else {
                        target.receipts.add((ChangeReceipt) element);
                    }
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    /** The part of the control topic that the job writes itself. */
    record CommandSink(String outside) implements Sink<ControlCommand> {
        @Override
        public SinkWriter<ControlCommand> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(ControlCommand command, Context ignored) {
                    Outside.named(outside).said.add(command);
                }

                @Override
                public void flush(boolean endOfInput) {
                    Outside.named(outside).checkpoints.incrementAndGet();
                }

                @Override
                public void close() {}
            };
        }
    }

    private final class FakeEmbedder implements Embedder {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("fake", "", "none", "", "", DIMENSION, 512);
        }

        @Override
        public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
            if (embedderOutages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return CompletableFuture.failedFuture(
                        new EmbedderUnavailableException("away", new IOException("connection refused")));
            }
            perhapsCrash();
            embedded.addAll(passages);
            List<EmbedOutcome> outcomes = new ArrayList<>();
            for (String passage : passages) {
                outcomes.add(
                        passage.contains("poison")
                                ? new EmbedOutcome.Rejected("poison", "refused by the model")
                                : new EmbedOutcome.Embedded(vectorOf(passage), passage.length() / 4));
            }
            return CompletableFuture.completedFuture(outcomes);
        }

        @Override
        public CompletableFuture<float[]> embedQuery(String query) {
            return CompletableFuture.completedFuture(vectorOf(query));
        }

        private static float[] vectorOf(String text) {
            float[] vector = new float[DIMENSION];
            vector[Math.floorMod(text.hashCode(), DIMENSION)] = 1;
            return vector;
        }

        @Override
        public void close() {}
    }

    private final class BusyWriter implements IndexWriter {
        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
            if (busyBulks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                List<WriteOutcome> busy = writes.stream()
                        .<WriteOutcome>map(write -> new WriteOutcome.Retryable("too_many_requests", true))
                        .toList();
                return CompletableFuture.completedFuture(busy);
            }
            boolean rebuild = writes.stream().anyMatch(IndexWrite.ForGeneration.class::isInstance);
            return rebuild && crashInARebuild && !crashed.get() ? crash() : acknowledged(writes);
        }

        private CompletableFuture<List<WriteOutcome>> acknowledged(List<IndexWrite> writes) {
            CompletableFuture<List<WriteOutcome>> written = index.write(writes);
            // What the index has acknowledged may be lost with the job.
            perhapsCrash();
            return written;
        }

        private CompletableFuture<List<WriteOutcome>> crash() {
            int complete = checkpoints.get() + 2;
            return CompletableFuture.supplyAsync(
                    () -> {
                        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> checkpoints.get() >= complete);
                        crashed.set(true);
                        throw new IllegalStateException("crashed for the test");
                    },
                    task -> Thread.ofVirtual().start(task));
        }

        @Override
        public void close() {}
    }
}
