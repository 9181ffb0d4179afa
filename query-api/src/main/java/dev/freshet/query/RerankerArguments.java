package dev.freshet.query;

import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.rerank.RerankerSettings;
import dev.freshet.engines.rerank.crossencoder.CrossEncoderOptions;
import dev.freshet.engines.rerank.crossencoder.DownloadOptions;
import dev.freshet.engines.rerank.http.HttpRerankerOptions;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of rerankers. Which of those that there are is asked, the ranking profile says. */
final class RerankerArguments {
    @Option(
            names = "--reranker-model-path",
            description =
                    "Of the reranker cross_encoder: its folder, with model.onnx and tokenizer.json, or its ONNX file.")
    private @Nullable String path;

    @Option(
            names = "--reranker-model-url",
            description =
                    "Instead of a path: where its ONNX file is downloaded from, once. Needs the three that follow.")
    private @Nullable String modelUrl;

    @Option(names = "--reranker-model-sha256", description = "Of that file, in hexadecimal.")
    private String modelSha256 = "";

    @Option(names = "--reranker-tokenizer-url", description = "Where its tokenizer.json is downloaded from.")
    private String tokenizerUrl = "";

    @Option(names = "--reranker-tokenizer-sha256", description = "Of that file, in hexadecimal.")
    private String tokenizerSha256 = "";

    @Option(names = "--reranker-cache-folder", description = "Keeps what was downloaded.")
    private String cacheFolder = "";

    @Option(
            names = "--reranker-inside-host",
            description = "A host of those URLs that may be inside of the network, and asked without TLS; repeatable.")
    private Set<String> insideHosts = new LinkedHashSet<>();

    @Option(
            names = "--reranker-max-tokens-per-pair",
            defaultValue = "" + CrossEncoderOptions.TOKENS_PER_PAIR,
            description = "That it reads of a query and a passage together (default: ${DEFAULT-VALUE}).")
    private int maxTokensPerPair;

    @Option(
            names = "--reranker-max-tokens-per-request",
            defaultValue = "" + CrossEncoderOptions.TOKENS_PER_REQUEST,
            description =
                    "That it reads for a query in all; passages beyond are not scored (default: ${DEFAULT-VALUE}).")
    private int maxTokensPerRequest;

    @Option(
            names = "--reranker-max-waiting-pairs",
            defaultValue = "" + CrossEncoderOptions.WAITING_PAIRS,
            description = "Of all queries together; queries beyond are not reranked (default: ${DEFAULT-VALUE}).")
    private int maxWaitingPairs;

    @Option(
            names = "--reranker-threads",
            defaultValue = "1",
            description = "That score with it (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--reranker-device",
            defaultValue = OnnxOptions.AUTO_DEVICE,
            description = "auto, cpu or cuda (default: ${DEFAULT-VALUE}).")
    private String device = OnnxOptions.AUTO_DEVICE;

    @Option(
            names = "--reranker-url",
            description = "Of the reranker http: the whole URL that requests are posted to, such as"
                    + " https://api.cohere.com/v2/rerank.")
    private @Nullable String url;

    @Option(
            names = "--reranker-shape",
            defaultValue = "cohere",
            description = "Of its requests and answers: cohere, jina or tei (default: ${DEFAULT-VALUE}).")
    private String shape = "";

    @Option(names = "--reranker-model", description = "As it names the model.")
    private String model = "";

    @Option(names = "--reranker-key-file", description = "File with its key.")
    private @Nullable String keyFile;

    @Option(
            names = "--reranker-key-variable",
            description = "Instead of a file: the environment variable that holds its key.")
    private @Nullable String keyVariable;

    @Option(
            names = "--reranker-key-header",
            defaultValue = ApiKey.AUTHORIZATION,
            description = "Header that carries its key (default: ${DEFAULT-VALUE}, with Bearer).")
    private String keyHeader = ApiKey.AUTHORIZATION;

    @Option(
            names = "--reranker-max-passages",
            defaultValue = "0",
            description = "Of a request to it, the best; 0 for all (default: ${DEFAULT-VALUE}).")
    private int maxPassages;

    RerankerSettings settings() {
        return new RerankerSettings(crossEncoder(), http());
    }

    private @Nullable CrossEncoderOptions crossEncoder() {
        if (path == null && modelUrl == null) {
            return null;
        }
        return new CrossEncoderOptions(
                path,
                modelUrl == null ? null : download(modelUrl),
                maxTokensPerPair,
                maxTokensPerRequest,
                maxWaitingPairs,
                threads,
                device,
                0);
    }

    private DownloadOptions download(String of) {
        return new DownloadOptions(
                of,
                modelSha256,
                tokenizerUrl,
                tokenizerSha256,
                cacheFolder,
                DownloadOptions.LARGEST_FILE,
                DownloadOptions.DEADLINE,
                insideHosts);
    }

    private @Nullable HttpRerankerOptions http() {
        if (url == null && keyFile == null && keyVariable == null) {
            return null;
        }
        return new HttpRerankerOptions(
                Objects.requireNonNullElse(url, ""),
                shape,
                model,
                new ApiKey(keyFile, keyVariable, keyHeader),
                HttpRerankerOptions.TIMEOUT,
                maxPassages);
    }
}
