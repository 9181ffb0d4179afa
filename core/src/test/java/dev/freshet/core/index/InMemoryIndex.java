package dev.freshet.core.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.lateinteraction.TokenVectors;
import dev.freshet.core.oracle.IndexSnapshot;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ChunkVectors;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.DocumentsOutcome;
import dev.freshet.core.search.DocumentsOutcome.ScoredDocument;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.search.KeywordOptions;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.OrderedFacets;
import dev.freshet.core.search.ScoredChunk;
import dev.freshet.core.search.StoredDocument;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.search.Visibility;
import dev.freshet.core.text.MatchingText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An index in memory: it keeps fences and deletes for ever, compares every vector, and counts words. */
public final class InMemoryIndex
        implements IndexWriter,
                IndexGenerations,
                ChunkSearch,
                DocumentSearch,
                ChunkReader,
                DocumentReader,
                SearchableProbe {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, MemoryGeneration> building = new HashMap<>();
    private final Set<String> retired = new TreeSet<>();
    private final Set<Leg> broken = new HashSet<>();
    private MemoryGeneration searched = new MemoryGeneration();
    private String searchedName = "first";
    private int vectorReads;

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
            return LegOutcome.Failed.of(leg, "broken by the test");
        }
        List<ScoredChunk> found = new ArrayList<>();
        visible(query)
                .forEach(chunk ->
                        score(leg, chunk).ifPresent(score -> found.add(new ScoredChunk(found(chunk), score))));
        found.sort(Comparator.comparingDouble(ScoredChunk::score).reversed());
        HitCount matching = leg.leg() == Leg.KEYWORD ? new HitCount(found.size(), true) : null;
        return new LegOutcome.Found(
                leg.name(), leg.leg(), found.stream().limit(leg.depth()).toList(), matching);
    }

    private Stream<ChunkDocument> visible(ChunkQuery query) {
        return searched.chunks()
                .filter(chunk ->
                        query.visibility().covers(chunk.tenant(), chunk.fields().acl()))
                .filter(chunk -> query.filters().stream().allMatch(filter -> matches(filter, chunk)));
    }

    private static boolean matches(Filter filter, ChunkDocument chunk) {
        return switch (filter) {
            case Filter.Equal equal -> facets(chunk.fields()).contains(Facets.of(equal.key(), equal.value()));
            case Filter.AnyOf any ->
                any.values().stream().anyMatch(value -> facets(chunk.fields()).contains(Facets.of(any.key(), value)));
            case Filter.Exists exists ->
                facets(chunk.fields()).stream().anyMatch(facet -> facet.startsWith(Facets.of(exists.key(), "")));
            case Filter.Within within -> within(within, chunk.fields());
            case Filter.OfDocument of ->
                switch (of.field()) {
                    case DOCUMENT_ID -> of.values().contains(chunk.documentId());
                    case CONTENT_TYPE -> of.values().contains(chunk.fields().contentType());
                    case LANGUAGE ->
                        of.values().stream()
                                .anyMatch(language ->
                                        language.equals(chunk.fields().language()));
                };
            case Filter.OfChunk of -> ofChunk(of, chunk.metadata());
            case Filter.During during ->
                switch (during.field()) {
                    case CHANGED_AT -> during(during, chunk.changedAt());
                    case INDEXED_AT -> true;
                };
            case Filter.All all -> all.filters().stream().allMatch(inner -> matches(inner, chunk));
            case Filter.Any any -> any.filters().stream().anyMatch(inner -> matches(inner, chunk));
            case Filter.Not not -> !matches(not.filter(), chunk);
        };
    }

    private static boolean within(Filter.Within within, DocumentFields fields) {
        Filter.Bound from = within.from();
        Filter.Bound to = within.to();
        OrderedFacets.Kind kind = from != null
                ? from.value().kind()
                : Objects.requireNonNull(to).value().kind();
        String first =
                from == null ? OrderedFacets.first(within.key(), kind) : OrderedFacets.term(within.key(), from.value());
        String last =
                to == null ? OrderedFacets.last(within.key(), kind) : OrderedFacets.term(within.key(), to.value());
        return OrderedFacets.of(json(fields)).stream()
                .anyMatch(term -> term.compareTo(first) >= (from == null || from.included() ? 0 : 1)
                        && term.compareTo(last) <= (to == null || to.included() ? 0 : -1));
    }

    private static boolean during(Filter.During during, Instant at) {
        boolean begun = during.from() == null
                || at.isAfter(during.from())
                || (during.fromIncluded() && at.equals(during.from()));
        boolean ended =
                during.to() != null && !at.isBefore(during.to()) && !(during.toIncluded() && at.equals(during.to()));
        return begun && !ended;
    }

    private static boolean ofChunk(Filter.OfChunk of, ChunkMetadata said) {
        return switch (of.field()) {
            case BLOCK_TYPES -> shareAny(of.values(), said.blockTypes());
            case CODE_LANGUAGE -> of.values().contains(said.codeLanguage());
            case SYMBOL -> of.values().contains(said.symbol());
            case ENTITIES -> shareAny(of.values(), said.entities());
        };
    }

    @Override
    public synchronized CompletableFuture<List<DocumentsOutcome>> searchDocuments(ChunkQuery query) {
        List<DocumentsOutcome> outcomes = new ArrayList<>();
        List<Filter> filters = query.filters().stream()
                .map(Filter::ofDocuments)
                .filter(Objects::nonNull)
                .toList();
        for (LegQuery leg : query.legs()) {
            if (broken.contains(leg.leg())) {
                outcomes.add(new DocumentsOutcome.Failed(leg.name(), leg.leg(), "broken by the test"));
            } else {
                outcomes.add(new DocumentsOutcome.Found(
                        leg.name(), leg.leg(), documents(leg, new ChunkQuery(query.visibility(), filters, List.of()))));
            }
        }
        return CompletableFuture.completedFuture(outcomes);
    }

    /** A document is scored by the sum of its chunks' vectors, or by the words of its title. */
    private List<ScoredDocument> documents(LegQuery leg, ChunkQuery query) {
        Map<String, Double> scores = new HashMap<>();
        visible(query).forEach(chunk -> {
            switch (leg) {
                case LegQuery.Nearest nearest ->
                    score(nearest, chunk).ifPresent(score -> scores.merge(chunk.documentId(), score, Double::sum));
                case LegQuery.Keywords keywords -> {
                    Set<String> shared = words(keywords.text());
                    shared.retainAll(words(chunk.fields().title() + " " + chunk.documentId()));
                    if (!shared.isEmpty()) {
                        scores.put(chunk.documentId(), (double) shared.size());
                    }
                }
                case LegQuery.About about -> throw new IllegalArgumentException("documents have no such leg");
            }
        });
        return scores.entrySet().stream()
                .map(scored -> new ScoredDocument(scored.getKey(), scored.getValue()))
                .sorted(Comparator.comparingDouble(ScoredDocument::score)
                        .reversed()
                        .thenComparing(ScoredDocument::documentId))
                .limit(leg.depth())
                .toList();
    }

    @Override
    public synchronized CompletableFuture<Map<String, FoundChunk>> chunks(
            Visibility visibility, List<String> chunkIds) {
        return CompletableFuture.completedFuture(
                byId(visibility, chunkIds).collect(Collectors.toMap(ChunkDocument::id, InMemoryIndex::found)));
    }

    @Override
    public synchronized CompletableFuture<Map<String, ChunkVectors>> vectors(
            Visibility visibility, List<String> chunkIds, boolean tokens, boolean pooled) {
        vectorReads++;
        if (broken.contains(Leg.VECTOR)) {
            return CompletableFuture.failedFuture(new IndexUnavailableException("broken by the test"));
        }
        return CompletableFuture.completedFuture(byId(visibility, chunkIds)
                .collect(Collectors.toMap(
                        ChunkDocument::id,
                        chunk -> new ChunkVectors(
                                tokens && chunk.tokenVectors() != null ? TokenVectors.of(chunk.tokenVectors()) : null,
                                pooled ? chunk.vector() : null))));
    }

    /** How often vectors were read by chunk. */
    public synchronized int vectorReads() {
        return vectorReads;
    }

    private Stream<ChunkDocument> byId(Visibility visibility, List<String> chunkIds) {
        return visible(new ChunkQuery(visibility, List.of(), List.of())).filter(chunk -> chunkIds.contains(chunk.id()));
    }

    private static boolean shareAny(List<String> wanted, List<String> values) {
        return !Collections.disjoint(wanted, values);
    }

    private static List<String> facets(DocumentFields fields) {
        return Facets.of(json(fields), fields.language());
    }

    private static JsonNode json(DocumentFields fields) {
        try {
            return JSON.readTree(fields.metadata());
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
                yield shared.isEmpty()
                        ? Optional.empty()
                        : Optional.of(shared.size() + boosts(keywords.options(), chunk));
            }
            case LegQuery.About about -> {
                Set<String> shared = words(about.text());
                shared.retainAll(words(chunk.fields().metadata() + " " + chunk.documentId()));
                double score = shared.size();
                score += about.entities().stream()
                        .filter(chunk.metadata().entities()::contains)
                        .count();
                score += about.preferred().stream()
                        .filter(filter -> matches(filter, chunk))
                        .count();
                yield score == 0 ? Optional.empty() : Optional.of(score);
            }
        };
    }

    private static double boosts(KeywordOptions options, ChunkDocument chunk) {
        String text = chunk.text().toLowerCase(Locale.ROOT);
        double boosts = 0;
        for (String phrase : options.phrases()) {
            boosts += text.contains(phrase.toLowerCase(Locale.ROOT)) ? options.phraseBoost() : 0;
        }
        for (String identifier : options.identifiers()) {
            boosts += text.contains(identifier.toLowerCase(Locale.ROOT)) ? options.identifierBoost() : 0;
        }
        return boosts;
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
                chunk.metadata(),
                chunk.changedAt(),
                chunk.changedAt());
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
