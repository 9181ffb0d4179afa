package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.revision.Decision;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.core.text.ContentHash;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.Tokenizers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a real edit history costs to embed: every change is read, folded and chunked as the job does it, and a text costs its
 * tokens where neither the state of its document nor the memo knows it. No model runs.
 */
@Command(name = "HandbookReplay", mixinStandardHelpOptions = true)
public final class HandbookReplay implements Callable<Integer> {
    private static final int DIMENSION = 384;

    @Option(names = "--embedder", defaultValue = "minilm", description = "Its tokenizer. Default: ${DEFAULT-VALUE}")
    private String embedder = "";

    @Option(names = "--chunker", defaultValue = "auto", description = "Default: ${DEFAULT-VALUE}")
    private String chunker = "";

    @Option(names = "--chunk-minimum", description = "Default: ${DEFAULT-VALUE}")
    private int minimum = ChunkSize.DEFAULT.minimum();

    @Option(names = "--chunk-target", description = "Default: ${DEFAULT-VALUE}")
    private int target = ChunkSize.DEFAULT.target();

    @Option(names = "--chunk-maximum", description = "Default: ${DEFAULT-VALUE}")
    private int maximum = ChunkSize.DEFAULT.maximum();

    @Option(names = "--memo-bytes", defaultValue = "67108864", description = "Default: ${DEFAULT-VALUE}")
    private long memoBytes;

    private final ChangeReader reader = new ChangeReader(ChangeReader.LARGEST_RECORD);
    private final Map<DocumentKey, DocumentState> documents = new HashMap<>();
    /** The tokens of texts, so that no pass counts what another one has counted. */
    private final Map<String, Integer> sizes = new HashMap<>();

    private final float[] anyVector = new float[DIMENSION];
    private long stream;
    private long embedded;
    private long chunks;
    private long chunkTokens;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HandbookReplay()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> history = SharedData.find(Path.of("").toAbsolutePath(), SharedData.HANDBOOK);
        if (history.isEmpty()) {
            return 0;
        }
        TokenCounter tokens = Tokenizers.open(embedder);
        Fold fold =
                new Fold(Chunkers.open(ChunkStrategy.of(chunker), new ChunkSize(minimum, target, maximum), embedder));
        VectorMemo memo = new VectorMemo(memoBytes);
        replay(history.get(), fold, tokens, memo);
        report("once");
        replay(history.get(), fold, tokens, memo);
        report("the same again");
        // As after a restart: the state is there, what the process remembered is not.
        replay(history.get(), fold, tokens, new VectorMemo(memoBytes));
        report("after a restart");
        return 0;
    }

    private void replay(Path history, Fold fold, TokenCounter tokens, VectorMemo memo) throws IOException {
        stream = 0;
        embedded = 0;
        chunks = 0;
        chunkTokens = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(history)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                follow(change(Json.MAPPER.readTree(line)), fold, tokens, memo);
            }
        }
    }

    private DocumentChange change(JsonNode line) throws IOException {
        DocumentKey key = new DocumentKey("handbook", line.required("id").textValue());
        ChangeOrder order = new ChangeOrder(0, line.required("version").longValue());
        ChangeEnvelope envelope = line.hasNonNull("content")
                ? ChangeEnvelope.upsert(
                        key,
                        order,
                        Instant.EPOCH,
                        line.required("content_type").textValue(),
                        line.required("content").textValue())
                : ChangeEnvelope.delete(key, order, Instant.EPOCH);
        RawRecord record = new RawRecord(
                new SourcePosition("documents", 0, order.version()),
                0,
                envelope.recordKey(),
                envelope.recordValue(),
                List.of());
        if (reader.read(record) instanceof Understood understood) {
            return understood.change();
        }
        throw new IOException("the history has a line that the job does not understand");
    }

    private void follow(DocumentChange change, Fold fold, TokenCounter tokens, VectorMemo memo) {
        String text = change.text();
        int size = text == null
                ? 0
                : sizes.computeIfAbsent(ContentHash.begin().add(text).end(), absent -> tokens.count(text));
        stream += size;
        switch (fold.decide(documents.get(change.key()), change)) {
            case Decision.Accepted(Revision revision, DocumentState next) -> {
                documents.put(change.key(), next);
                chunks += revision.manifest().size();
                chunkTokens += size;
                revision.added().forEach(chunk -> embed(chunk, tokens, memo));
            }
            case Decision.Unchanged(DocumentState next) -> documents.put(change.key(), next);
            case Decision.Superseded superseded -> {}
            case Decision.Conflicting conflicting -> throw new IllegalStateException(conflicting.message());
            case Decision.Refused refused -> throw new IllegalStateException(refused.message());
        }
    }

    private void embed(NewChunk chunk, TokenCounter tokens, VectorMemo memo) {
        String text = chunk.embeddedText();
        String key = ContentHash.begin().add(text).end();
        if (memo.get(key) == null) {
            int count = tokens.count(text);
            embedded += count;
            memo.put(key, new Embedded(anyVector, count));
        }
    }

    private void report(String pass) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d tokens in the stream, %,d embedded (%.4f); mean chunk %.1f tokens%n",
                pass,
                stream,
                embedded,
                (double) embedded / stream,
                chunks == 0 ? 0 : (double) chunkTokens / chunks);
    }
}
