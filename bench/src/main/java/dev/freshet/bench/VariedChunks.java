package dev.freshet.bench;

import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.UnitVector;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.ChunkedText;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexWriter;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.text.BreakIterator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * As many chunks as are wanted, out of some real ones. Those come first, as they are; then each of them comes again and again: about half of its
 * sentences are another chunk's, and its vector is moved by noise of a given length in a random direction, and brought back to length 1; the vectors of its tokens stay. The
 * chunk of a number is the same however many there are: a small corpus is the beginning of a large one.
 */
final class VariedChunks {
    /** As many as a page of the handbook has, about. */
    static final int CHUNKS_OF_A_DOCUMENT = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int CONNECTIONS = 4;
    private static final String LANGUAGE = "en";
    private static final ChangeOrder ORDER = new ChangeOrder(0, 1);

    private final List<BaseChunk> base;
    private final double noise;
    private final long seed;

    /** @param noise the length of what is added to a vector, whose own length is 1 */
    VariedChunks(List<BaseChunk> base, double noise, long seed) {
        if (base.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to vary");
        }
        this.base = List.copyOf(base);
        this.noise = noise;
        this.seed = seed;
    }

    /** The vector of a chunk. */
    float[] vector(int number) {
        float[] of = base(number).vector();
        if (number < base.size()) {
            return of;
        }
        SplittableRandom random = random(number);
        double spread = noise / Math.sqrt(of.length);
        float[] moved = new float[of.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (of[i] + spread * random.nextGaussian());
        }
        return UnitVector.of(moved);
    }

    /** A chunk's words. Its tokens are guessed from its length. */
    TextChunk text(int number) {
        TextChunk of = base(number).chunk();
        if (number < base.size()) {
            return of;
        }
        // Not those numbers again that the vector was moved by.
        SplittableRandom random = random(number).split();
        List<String> others =
                sentences(base.get(random.nextInt(base.size())).chunk().text());
        StringBuilder text = new StringBuilder();
        for (String sentence : sentences(of.text())) {
            text.append(random.nextBoolean() ? sentence : others.get(random.nextInt(others.size())));
        }
        int tokens = Math.max(
                1, Math.round((float) of.tokens() * text.length() / of.text().length()));
        return new TextChunk(of.headingPath(), 0, text.length(), text.toString(), tokens, of.parts());
    }

    /** The id in the index of a tenant's chunk. */
    static String id(String tenant, int number) {
        return ChunkedText.chunkId(document(tenant, number / CHUNKS_OF_A_DOCUMENT), Integer.toString(number), 0);
    }

    private static DocumentKey document(String tenant, int number) {
        return new DocumentKey(tenant, "page-" + number);
    }

    private BaseChunk base(int number) {
        return base.get(number % base.size());
    }

    private SplittableRandom random(int number) {
        return new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
    }

    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            sentences.add(text.substring(from, to));
        }
        return sentences;
    }

    /** Writes the first chunks as a tenant's, and returns when searches find all of them and OpenSearch has nothing left to merge. */
    void write(LocalStack stack, Embedder embedder, String tenant, int count) throws IOException, InterruptedException {
        try (OpenSearchConnection connection =
                OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(stack.openSearch())))) {
            new OpenSearchIndexAdmin(connection).ensureIndices(embedder.identity(), embedder.tokenVectors());
            new BulkSender(new OpenSearchIndexWriter(connection, Clock.systemUTC()), CONNECTIONS)
                    .send(() -> requests(tenant, count));
        }
        SearchableChunks index = new SearchableChunks(stack);
        index.refresh();
        long found = index.await(SearchableChunks.ofTenant(tenant), count);
        if (found > count) {
            throw new IllegalStateException(
                    "the tenant %s has %d chunks, %d too many".formatted(tenant, found, found - count));
        }
        new IndexSegments(stack).awaitQuiet(PATIENCE);
    }

    /** Each made when it is asked for: together they would not fit into memory. */
    private Iterator<List<IndexWrite>> requests(String tenant, int count) {
        int documents = (count + CHUNKS_OF_A_DOCUMENT - 1) / CHUNKS_OF_A_DOCUMENT;
        int ofARequest = BulkSender.ITEMS / (CHUNKS_OF_A_DOCUMENT + 1);
        return IntStream.iterate(0, from -> from < documents, from -> from + ofARequest)
                .mapToObj(from -> IntStream.range(from, Math.min(documents, from + ofARequest))
                        .boxed()
                        .flatMap(document -> writes(tenant, document, count).stream())
                        .toList())
                .iterator();
    }

    /** All that the index holds of a document: chunks that follow one another. */
    List<IndexWrite> writes(String tenant, int document, int count) {
        int first = document * CHUNKS_OF_A_DOCUMENT;
        DocumentKey key = document(tenant, document);
        BaseChunk of = base(first);
        DocumentFields fields =
                new DocumentFields(of.title(), null, of.contentType(), "{}", List.of()).withLanguage(LANGUAGE);
        List<IndexWrite> writes = new ArrayList<>();
        List<ChunkPlacement> manifest = new ArrayList<>();
        int offset = 0;
        for (int number = first; number < Math.min(count, first + CHUNKS_OF_A_DOCUMENT); number++) {
            TextChunk chunk = text(number);
            String id = id(tenant, number);
            int end = offset + chunk.text().length();
            manifest.add(new ChunkPlacement(id, id, offset, end));
            offset = end;
            writes.add(new IndexWrite.PutChunk(new ChunkDocument(
                    id,
                    ORDER.fence(),
                    tenant,
                    key.id(),
                    chunk.headingPath(),
                    chunk.text(),
                    chunk.tokens(),
                    ChunkMetadata.of(chunk),
                    fields,
                    Instant.EPOCH,
                    vector(number),
                    base(number).tokenVectors())));
        }
        writes.add(new IndexWrite.PutDocument(new DocumentEntry(key, ORDER, fields, Instant.EPOCH, manifest)));
        return writes;
    }
}
