package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.engines.chunking.Chunkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a real document, with its real vector.
 *
 * @param title of the document
 * @param contentType of the document
 * @param tokenVectors what the embedder keeps of the chunk's tokens; null where it keeps nothing
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; never compared
record BaseChunk(
        @Nullable String title, String contentType, TextChunk chunk, float[] vector, byte @Nullable [] tokenVectors) {
    private static final int BATCH = 64;
    private static final int BATCHES_UNDER_WAY = 4;
    private static final long SHUFFLE = 1;

    /** A chunk that waits for its vector. */
    private record Cut(@Nullable String title, String contentType, TextChunk chunk) {
        String embeddedText() {
            return EmbeddedText.of(title, chunk.headingPath(), chunk.text());
        }
    }

    /**
     * Chunks of the collections and of the handbook, in the same proportion however few they are, since the documents are shuffled first, always in the same
     * way; empty, and said so, where one of them is missing.
     *
     * @param embedder the name of the one that also counts tokens
     */
    static Optional<List<BaseChunk>> read(
            Path project, List<String> collections, int most, String embedder, Embedder encoder) throws IOException {
        List<Corpus.Document> documents = new ArrayList<>();
        for (String collection : collections) {
            Optional<Path> folder = SharedData.find(project, collection);
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            documents.addAll(Corpus.beirDocuments(folder.get()));
        }
        Optional<List<Corpus.Document>> handbook = SharedData.handbook(project);
        if (handbook.isEmpty()) {
            return Optional.empty();
        }
        documents.addAll(handbook.get());
        Collections.shuffle(documents, new Random(SHUFFLE));
        Chunker chunker = Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, embedder);
        List<Cut> cuts = documents.stream()
                .flatMap(document -> cut(chunker, document).stream())
                .limit(most)
                .toList();
        return Optional.of(embedded(cuts, encoder));
    }

    private static List<Cut> cut(Chunker chunker, Corpus.Document document) {
        return chunker.chunk(document.contentType(), CanonicalText.of(document.content())).stream()
                .map(chunk -> new Cut(document.title(), document.contentType(), chunk))
                .toList();
    }

    private static List<BaseChunk> embedded(List<Cut> cuts, Embedder encoder) {
        List<CompletableFuture<List<EmbedOutcome>>> batches = new ArrayList<>();
        for (int from = 0; from < cuts.size(); from += BATCH) {
            if (batches.size() >= BATCHES_UNDER_WAY) {
                var unused = batches.get(batches.size() - BATCHES_UNDER_WAY).join();
            }
            batches.add(encoder.embedPassages(cuts.subList(from, Math.min(cuts.size(), from + BATCH)).stream()
                    .map(Cut::embeddedText)
                    .toList()));
        }
        List<BaseChunk> chunks = new ArrayList<>(cuts.size());
        for (CompletableFuture<List<EmbedOutcome>> batch : batches) {
            for (EmbedOutcome outcome : batch.join()) {
                Cut cut = cuts.get(chunks.size());
                if (!(outcome instanceof Embedded embedded)) {
                    throw new IllegalStateException("a chunk was not embedded: " + outcome);
                }
                chunks.add(new BaseChunk(
                        cut.title(), cut.contentType(), cut.chunk(), embedded.vector(), embedded.tokenVectors()));
            }
        }
        return chunks;
    }
}
