package dev.freshet.bench.langchain4j;

import dev.freshet.bench.contender.Contender;
import dev.freshet.bench.contender.Hit;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Search;
import dev.freshet.bench.contender.WorkBench;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.opensearch.OpenSearchEmbeddingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** {@link EmbeddingStoreIngestor} with LangChain4j's own splitter, quantised MiniLM and OpenSearch store. */
final class LangChain4j implements Contender {
    private static final String PAGE = "page";
    private static final int NO_OVERLAP = 0;
    private static final int DIMENSION = 384;

    private final OpenSearchTransport transport;
    private final OpenSearchClient client;
    private final DocumentSplitter splitter;
    private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    private @Nullable Open open;

    private record Open(String index, OpenSearchEmbeddingStore store, EmbeddingStoreIngestor ingestor) {}

    /**
     * Connects to OpenSearch.
     *
     * @param chunkTokens the most tokens of a chunk, as MiniLM counts them
     */
    LangChain4j(URI openSearch, int chunkTokens) {
        HttpHost host = new HttpHost(openSearch.getScheme(), openSearch.getHost(), openSearch.getPort());
        transport = ApacheHttpClient5TransportBuilder.builder(host)
                .setMapper(new JacksonJsonpMapper())
                .build();
        client = new OpenSearchClient(transport);
        splitter = DocumentSplitters.recursive(chunkTokens, NO_OVERLAP, new HuggingFaceTokenCountEstimator());
    }

    public static void main(String[] arguments) throws IOException {
        try (LangChain4j contender = new LangChain4j(URI.create(arguments[0]), Integer.parseInt(arguments[1]))) {
            WorkBench.serve(contender);
        }
    }

    /** With the fields that the store itself would make, and a graph by Lucene; the store names no engine, and the default one is not there. */
    @Override
    public void create(String index) {
        ask(() -> client.indices()
                .create(request -> request.index(index)
                        .settings(settings -> settings.knn(true))
                        .mappings(mappings -> mappings.properties("text", field -> field.text(text -> text))
                                .properties(
                                        "vector",
                                        field -> field.knnVector(vector -> vector.dimension(DIMENSION)
                                                .method(method -> method.name("hnsw")
                                                        .engine("lucene")
                                                        .spaceType("cosinesimil")))))));
        OpenSearchEmbeddingStore store = OpenSearchEmbeddingStore.builder()
                .openSearchClient(client)
                .indexName(index)
                .build();
        open = new Open(
                index,
                store,
                EmbeddingStoreIngestor.builder()
                        .documentSplitter(splitter)
                        .embeddingModel(model)
                        .embeddingStore(store)
                        .build());
    }

    @Override
    public void add(List<PageChange> pages) {
        opened().ingestor().ingest(pages.stream().map(LangChain4j::document).toList());
    }

    /**
     * By a query of OpenSearch's own, since the store removes nothing. A query finds only what a refresh has made visible: without one before it, chunks that
     * were added in the last second would stay for ever.
     */
    @Override
    public void remove(List<PageChange> pages) {
        String index = opened().index();
        List<FieldValue> keys =
                pages.stream().map(page -> FieldValue.of(page.key())).toList();
        ask(() -> client.indices().refresh(request -> request.index(index)));
        ask(() -> client.deleteByQuery(request -> request.index(index)
                .query(query -> query.terms(
                        terms -> terms.field("metadata." + PAGE + ".keyword").terms(values -> values.value(keys))))));
    }

    @Override
    public List<String> chunks(PageChange page) {
        return splitter.split(document(page)).stream().map(TextSegment::text).toList();
    }

    /** The store knows one way: a script that compares the query with every vector, whatever graph the index has. It searches no words. */
    @Override
    public List<Hit> search(Search.Method method, String query, int chunks) {
        if (method != Search.Method.EXACT) {
            throw new UnsupportedOperationException("the store searches by a script alone");
        }
        return EmbeddingStoreContentRetriever.builder()
                .embeddingStore(opened().store())
                .embeddingModel(model)
                .maxResults(chunks)
                .build()
                .retrieve(Query.from(query))
                .stream()
                .map(LangChain4j::hit)
                .toList();
    }

    private static Hit hit(Content content) {
        String key = content.textSegment().metadata().getString(PAGE);
        Object score = content.metadata().get(ContentMetadata.SCORE);
        return new Hit(
                Objects.requireNonNull(key, "a chunk without its page"), score instanceof Double known ? known : 0);
    }

    @Override
    public void close() {
        ask(() -> {
            transport.close();
            return true;
        });
    }

    private static Document document(PageChange page) {
        return Document.from(page.text(), Metadata.from(PAGE, page.key()));
    }

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("no index was created");
        }
        return open;
    }

    private interface Request<T> {
        T send() throws IOException;
    }

    private static <T> void ask(Request<T> request) {
        try {
            var unused = request.send();
        } catch (IOException e) {
            throw new UncheckedIOException("OpenSearch did not answer", e);
        }
    }
}
