package dev.freshet.ingest;

import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code --embedder openai}. */
final class ProviderOptions {
    private static final int MOST_CONCURRENT = 64;
    private static final int REQUEST_TEXTS = 32;
    private static final int MOST_TEXTS = 2_048;
    private static final int REQUEST_TOKENS = 16_384;
    private static final int MOST_TOKENS = 1_000_000;

    @Option(
            names = "--embedder-url",
            description = "Of --embedder openai: the provider's base, such as https://api.openai.com/v1, or the whole"
                    + " URL that ends in /embeddings.")
    @Nullable
    String url;

    @Option(
            names = "--embedder-model",
            description = "Of --embedder openai: the model, as the provider names it. The query API must use the same.")
    @Nullable
    String model;

    @Option(
            names = "--embedder-revision",
            description =
                    "Which of the models of that name: change it when the provider puts another model behind the"
                            + " name, so that their vectors never meet. The provider is not told. The query API must use the same.")
    String revision = "";

    @Option(
            names = "--embedder-key-file",
            description = "File with the provider's key, on every TaskManager; read when the embedder opens.")
    @Nullable
    String keyFile;

    @Option(
            names = "--embedder-key-variable",
            description = "Instead of a file: the environment variable of every TaskManager that holds the key.")
    @Nullable
    String keyVariable;

    @Option(
            names = "--embedder-key-header",
            defaultValue = ApiKey.AUTHORIZATION,
            description =
                    "Header that carries the key: Authorization says Bearer before it, any other, such as api-key,"
                            + " has the key alone. Default: ${DEFAULT-VALUE}")
    String keyHeader = ApiKey.AUTHORIZATION;

    @Option(
            names = "--embedder-dimension",
            defaultValue = "0",
            description = "Floats in a vector of the provider's model; 0: it is asked when the embedder opens, and must"
                    + " be there then. Default: ${DEFAULT-VALUE}")
    int dimension;

    @Option(
            names = "--embedder-shorten",
            description =
                    "Ask the provider for vectors of --embedder-dimension floats, of a model that can shorten them.")
    boolean shorten;

    @Option(
            names = "--embedder-query-prefix",
            description =
                    "Of --embedder openai and onnx: put before every query, where the model wants one; with onnx, by"
                            + " default as its files say. The query API must use the same.")
    @Nullable
    String queryPrefix;

    @Option(
            names = "--embedder-passage-prefix",
            description =
                    "Of --embedder openai and onnx: put before every text that is embedded for the index; with onnx,"
                            + " by default as its files say. The query API must use the same.")
    @Nullable
    String passagePrefix;

    @Option(
            names = "--embedder-request-texts",
            defaultValue = "" + REQUEST_TEXTS,
            description = "Most texts of a request to the provider. Default: ${DEFAULT-VALUE}")
    int requestTexts = REQUEST_TEXTS;

    @Option(
            names = "--embedder-request-tokens",
            defaultValue = "" + REQUEST_TOKENS,
            description = "Most tokens of a request to the provider, about. Default: ${DEFAULT-VALUE}")
    int requestTokens = REQUEST_TOKENS;

    @Option(
            names = "--embedder-concurrency",
            defaultValue = "8",
            description = "Most batches under way to the provider, of a subtask. Default: ${DEFAULT-VALUE}")
    int concurrency = 8;

    @Option(
            names = "--embedder-timeout",
            defaultValue = "30s",
            converter = IngestOptions.TimeConverter.class,
            description = "Of a request to the provider. Default: ${DEFAULT-VALUE}")
    Duration timeout = Duration.ofSeconds(30);

    /** What is wrong beside what the settings of the embedder say. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(
                concurrency >= 1 && concurrency <= MOST_CONCURRENT,
                "--embedder-concurrency must be from 1 to " + MOST_CONCURRENT,
                problems);
        IngestOptions.check(
                requestTexts >= 1 && requestTexts <= MOST_TEXTS,
                "--embedder-request-texts must be from 1 to " + MOST_TEXTS,
                problems);
        IngestOptions.check(
                requestTokens >= 1 && requestTokens <= MOST_TOKENS,
                "--embedder-request-tokens must be from 1 to " + MOST_TOKENS,
                problems);
        return problems;
    }

    /** Null where no option speaks of a provider. */
    @Nullable
    OpenAiOptions settings() {
        return OpenAiOptions.stated(
                url,
                model,
                revision,
                new ApiKey(keyFile, keyVariable, keyHeader),
                dimension,
                shorten,
                queryPrefix,
                passagePrefix,
                timeout);
    }
}
