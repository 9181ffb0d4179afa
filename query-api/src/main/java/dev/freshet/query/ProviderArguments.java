package dev.freshet.query;

import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of {@code --embedder openai}: those of the ingest job that matter for queries. */
final class ProviderArguments {
    @Option(
            names = "--embedder-url",
            description = "Of --embedder openai: the provider's base, such as https://api.openai.com/v1, or the whole"
                    + " URL that ends in /embeddings.")
    private @Nullable String url;

    @Option(names = "--embedder-model", description = "Of --embedder openai: the model, as the ingest job has it.")
    private @Nullable String model;

    @Option(names = "--embedder-revision", description = "Which of the models of that name, as the ingest job has it.")
    private String revision = "";

    @Option(names = "--embedder-key-file", description = "File with the provider's key; read at the start.")
    private @Nullable String keyFile;

    @Option(
            names = "--embedder-key-variable",
            description = "Instead of a file: the environment variable that holds the key.")
    private @Nullable String keyVariable;

    @Option(
            names = "--embedder-key-header",
            defaultValue = ApiKey.AUTHORIZATION,
            description = "Header that carries the key (default: ${DEFAULT-VALUE}, with Bearer).")
    private String keyHeader = ApiKey.AUTHORIZATION;

    @Option(
            names = "--embedder-dimension",
            defaultValue = "0",
            description = "Floats in a vector of the provider's model; 0: it is asked at the start, and must be there"
                    + " then (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--embedder-shorten", description = "As the ingest job has it.")
    private boolean shorten;

    @Option(names = "--embedder-query-prefix", description = "Put before every query; as the ingest job has it.")
    @Nullable
    String queryPrefix;

    @Option(
            names = "--embedder-passage-prefix",
            description = "As the ingest job has it: it is part of what an index is made with.")
    @Nullable
    String passagePrefix;

    /** Null where no argument speaks of a provider. */
    @Nullable
    OpenAiOptions settings(Duration timeout) {
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
