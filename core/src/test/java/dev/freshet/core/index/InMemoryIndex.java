package dev.freshet.core.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.oracle.IndexSnapshot;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.ScoredChunk;
import dev.freshet.core.search.StoredDocument;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.search.Visibility;
import dev.freshet.core.text.MatchingText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** An index in memory: it keeps fences and deletes for ever, compares every vector, and counts words. */
public final class InMemoryIndex
        implements IndexWriter, IndexGenerations, ChunkSearch, DocumentReader, SearchableProbe {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, MemoryGeneration> building = new HashMap<>();
    private final Set<String> retired = new TreeSet<>();
    private final Set<Leg> broken = new HashSet<>();
    private MemoryGeneration searched = new MemoryGeneration();
    private String searchedName = "first";

    /** From now on the leg fails, until it is mended. */
    public synchronized void breakLeg(Leg leg) {
        broken.add(leg);
    }

    public synchronized void mend() {
        broken.clear();
    }

    @Override
    public synchronized CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (IndexWrite write : writes) {
            outcomes.add(apply(write));
        }
        return CompletableFuture.completedFuture(outcomes);
    }

    private WriteOutcome apply(IndexWrite write) {
        if (write instanceof IndexWrite.ForGeneration(String generation, IndexWrite inner)) {
            MemoryGeneration next = building.get(generation);
            return next == null ? new WriteOutcome.Gone() : next.apply(inner);
        }
        return searched.apply(write);
    }

    @Override
    public synchronized void begin(String generation) {
        MemoryGeneration begun = building.getOrDefault(generation, new MemoryGeneration());
        building.remove(generation);
        retired.addAll(building.keySet());
        building.clear();
        building.put(generation, begun);
    }

    @Override
    public synchronized boolean switchTo(String generation) {
        MemoryGeneration next = building.remove(generation);
        if (next != null) {
            retired.add(searchedName);
            searched = next;
            searchedName = generation;
        }
        return generation.equals(searchedName);
    }

    @Override
    public synchronized List<String> retired() {
        return List.copyOf(retired);
    }

    @Override
    public synchronized void delete(List<String> indices) {
        indices.forEach(retired::remove);
    }

    public synchronized boolean isBuilding() {
        return !building.isEmpty();
    }

    /** The generation that is searched now. */
    public synchronized String searchedGeneration() {
        return searchedName;
    }

    @Override
    public synchronized CompletableFuture<OptionalLong> searchableFence(String chunkId) {
        return CompletableFuture.completedFuture(searched.fence(chunkId));
    }

    @Override
    public synchronized CompletableFuture<List<LegOutcome>> search(ChunkQuery query) {
        return CompletableFuture.completedFuture(
                query.legs().stream().map(leg -> run(leg, query)).toList());
    }

    private LegOutcome run(LegQuery leg, ChunkQuery query) {
        if (broken.contains(leg.leg())) {
            return new LegOutcome.Failed(leg.leg(), "broken by the test");
        }
        List<ScoredChunk> found = new ArrayList<>();
        searched.chunks()
                .filter(chunk -> visible(chunk, query))
                .forEach(chunk ->
                        score(leg, chunk).ifPresent(score -> found.add(new ScoredChunk(found(chunk), score))));
        found.sort(Comparator.comparingDouble(ScoredChunk::score).reversed());
        return new LegOutcome.Found(leg.leg(), found.stream().limit(leg.depth()).toList());
    }

    private static boolean visible(ChunkDocument chunk, ChunkQuery query) {
        List<String> facets = facets(chunk.fields());
        return query.visibility().covers(chunk.tenant(), chunk.fields().acl())
                && query.filters().stream().allMatch(filter -> matches(filter, facets, chunk.metadata()));
    }

    private static boolean matches(Filter filter, List<String> facets, ChunkMetadata said) {
        return switch (filter) {
            case Filter.Equal equal -> facets.contains(Facets.of(equal.key(), equal.value()));
            case Filter.AnyOf any ->
                any.values().stream().anyMatch(value -> facets.contains(Facets.of(any.key(), value)));
            case Filter.OfChunk of ->
                switch (of.field()) {
                    case BLOCK_TYPES -> shareAny(of.values(), said.blockTypes());
                    case CODE_LANGUAGE -> of.values().contains(said.codeLanguage());
                    case SYMBOL -> of.values().contains(said.symbol());
                    case ENTITIES -> shareAny(of.values(), said.entities());
                };
        };
    }

    private static boolean shareAny(List<String> wanted, List<String> values) {
        return !Collections.disjoint(wanted, values);
    }

    private static List<String> facets(DocumentFields fields) {
        try {
            return Facets.of(JSON.readTree(fields.metadata()), fields.language());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Double> score(LegQuery leg, ChunkDocument chunk) {
        return switch (leg) {
            case LegQuery.Nearest nearest ->
                Optional.ofNullable(chunk.vector()).map(vector -> cosine(nearest.vector(), vector));
            case LegQuery.Keywords keywords -> {
                Set<String> shared = words(keywords.text());
                shared.retainAll(words(chunk.text() + " " + chunk.fields().title() + " " + chunk.headingPath()));
                yield shared.isEmpty() ? Optional.empty() : Optional.of((double) shared.size());
            }
        };
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(MatchingText.of(text).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> word.length() > 2)
                .collect(Collectors.toSet());
    }

    private static FoundChunk found(ChunkDocument chunk) {
        DocumentFields fields = chunk.fields();
        return new FoundChunk(
                chunk.id(),
                chunk.documentId(),
                fields.title(),
                chunk.headingPath(),
                chunk.text(),
                fields.uri(),
                fields.metadata(),
                fields.language(),
                chunk.tokens(),
                chunk.metadata());
    }

    @Override
    public synchronized CompletableFuture<Optional<StoredDocument>> read(Visibility visibility, String documentId) {
        DocumentEntry entry = searched.document(visibility.tenant() + "/" + documentId);
        if (entry == null
                || !visibility.covers(entry.key().tenant(), entry.fields().acl())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        List<Passage> passages = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        entry.manifest().forEach(placement -> {
            passages.add(new Passage(placement.chunkId(), placement.start(), placement.end()));
            ChunkDocument chunk = searched.chunk(placement.chunkId());
            if (chunk == null) {
                missing.add(placement.chunkId());
            } else {
                text.append(chunk.text());
            }
        });
        return CompletableFuture.completedFuture(Optional.of(new StoredDocument(
                entry.key(), entry.order(), entry.fields(), entry.eventTime(), passages, text.toString(), missing)));
    }

    /** All that can be found now. */
    public synchronized IndexSnapshot snapshot() {
        return searched.snapshot();
    }

    /** Documents whose summary is not the mean of their chunks as the index holds them. */
    public synchronized List<DocumentKey> wrongSummaries() {
        return searched.wrongSummaries();
    }

    @Override
    public void close() {}
}
