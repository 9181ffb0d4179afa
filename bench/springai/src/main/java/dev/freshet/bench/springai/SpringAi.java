package dev.freshet.bench.springai;

import dev.freshet.bench.contender.Contender;
import dev.freshet.bench.contender.Hit;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Search;
import dev.freshet.bench.contender.WorkBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.transformer.splitter.TokenTextSplitter;
import org.springframework.ai.transformers.TransformersEmbeddingModel;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.filter.FilterExpressionBuilder;
import org.springframework.ai.vectorstore.opensearch.OpenSearchVectorStore;
import org.springframework.core.io.ClassPathResource;

/** {@link TokenTextSplitter}, Spring AI's own ONNX encoder with the quantised MiniLM, and its OpenSearch store. */
final class SpringAi implements Contender {
    private static final String PAGE = "page";
    private static final int DIMENSION = 384;

    private final OpenSearchTransport transport;
    private final OpenSearchClient client;
    private final TokenTextSplitter splitter;
    private final EmbeddingModel model;
    private @Nullable Open open;

    /**
     * The index in use.
     *
     * @param store that made it, and searches by its graph
     * @param exact one without the option, which searches the same index by a script
     */
    private record Open(String index, OpenSearchVectorStore store, OpenSearchVectorStore exact) {}

    /**
     * Connects to OpenSearch.
     *
     * @param chunkTokens the most tokens of a chunk, as OpenAI's cl100k counts them, which is how the splitter does
     */
    SpringAi(URI openSearch, int chunkTokens) throws IOException {
        HttpHost host = new HttpHost(openSearch.getScheme(), openSearch.getHost(), openSearch.getPort());
        transport = ApacheHttpClient5TransportBuilder.builder(host)
                .setMapper(new JacksonJsonpMapper())
                .build();
        client = new OpenSearchClient(transport);
        splitter = TokenTextSplitter.builder().withChunkSize(chunkTokens).build();
        model = encoder();
    }

    public static void main(String[] arguments) throws IOException {
        try (SpringAi contender = new SpringAi(URI.create(arguments[0]), Integer.parseInt(arguments[1]))) {
            WorkBench.serve(contender);
        }
    }

    private static EmbeddingModel encoder() throws IOException {
        TransformersEmbeddingModel encoder = new TransformersEmbeddingModel();
        encoder.setModelResource(new ClassPathResource("all-minilm-l6-v2-q.onnx"));
        encoder.setTokenizerResource(new ClassPathResource("all-minilm-l6-v2-q-tokenizer.json"));
        encoder.setDisableCaching(true);
        // As the documentation has it: texts of a batch are of different lengths.
        encoder.setTokenizerOptions(Map.of("padding", "true"));
        try {
            encoder.afterPropertiesSet();
        } catch (Exception e) {
            throw new IOException("the encoder does not open: " + e.getMessage(), e);
        }
        return encoder;
    }

    /** As the store makes it where approximate search is wanted: a graph by Lucene. */
    @Override
    public void create(String index) {
        OpenSearchVectorStore store = OpenSearchVectorStore.builder(client, model)
                .index(index)
                .useApproximateKnn(true)
                .dimensions(DIMENSION)
                .initializeSchema(true)
                .build();
        store.afterPropertiesSet();
        OpenSearchVectorStore exact =
                OpenSearchVectorStore.builder(client, model).index(index).build();
        open = new Open(index, store, exact);
    }

    @Override
    public void add(List<PageChange> pages) {
        List<Document> chunks =
                splitter.apply(pages.stream().map(SpringAi::document).toList());
        // The splitter drops texts of a few letters, and the store sends a request of nothing.
        if (!chunks.isEmpty()) {
            opened().store().add(chunks);
        }
    }

    /**
     * By a filter, which the store turns into a query. A query finds only what a refresh has made visible: without one before it, chunks that were added in
     * the last second would stay for ever.
     */
    @Override
    public void remove(List<PageChange> pages) {
        List<Object> keys = pages.stream().<Object>map(PageChange::key).toList();
        try {
            var unused = client.indices().refresh(request -> request.index(opened().index()));
        } catch (IOException e) {
            throw new UncheckedIOException("OpenSearch did not answer", e);
        }
        opened().store().delete(new FilterExpressionBuilder().in(PAGE, keys).build());
    }

    @Override
    public List<String> chunks(PageChange page) {
        return splitter.apply(List.of(document(page))).stream()
                .map(Document::getText)
                .toList();
    }

    /**
     * By default the store compares the query with every vector. Where approximate search is wanted, its request to OpenSearch names no size: the answer has
     * ten chunks at most, however many were asked for. It searches no words.
     */
    @Override
    public List<Hit> search(Search.Method method, String query, int chunks) {
        OpenSearchVectorStore store = switch (method) {
            case EXACT -> opened().exact();
            case APPROXIMATE -> opened().store();
        };
        SearchRequest request =
                SearchRequest.builder().query(query).topK(chunks).build();
        return store.similaritySearch(request).stream().map(SpringAi::hit).toList();
    }

    private static Hit hit(Document chunk) {
        Double score = chunk.getScore();
        return new Hit(
                Objects.requireNonNull(chunk.getMetadata().get(PAGE), "a chunk without its page")
                        .toString(),
                score == null ? 0 : score);
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the connection to OpenSearch does not close", e);
        }
    }

    private static Document document(PageChange page) {
        return new Document(page.text(), Map.of(PAGE, page.key()));
    }

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("no index was created");
        }
        return open;
    }
}
