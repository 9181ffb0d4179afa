package dev.freshet.engines.rerank.crossencoder;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where a cross-encoder comes from, and where it is kept.
 *
 * @param modelUrl of the ONNX file, with all weights in it
 * @param modelSha256 of that file, in hexadecimal
 * @param tokenizerUrl of its {@code tokenizer.json}
 * @param tokenizerSha256 of that file
 * @param cacheFolder that keeps the files, so that they are downloaded once
 * @param largestFile most bytes of a file
 * @param deadline for each file
 * @param insideHosts hosts that may have addresses inside of the network, and be asked without TLS
 */
public record DownloadOptions(
        String modelUrl,
        String modelSha256,
        String tokenizerUrl,
        String tokenizerSha256,
        String cacheFolder,
        long largestFile,
        Duration deadline,
        Set<String> insideHosts) {
    public static final long LARGEST_FILE = 2_000_000_000L;
    public static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    public DownloadOptions {
        insideHosts = Set.copyOf(insideHosts);
    }

    /** Everything that is wrong, in the words of the command line. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        checkUrl(modelUrl, "--reranker-model-url", problems);
        checkUrl(tokenizerUrl, "--reranker-tokenizer-url", problems);
        checkSha256(modelSha256, "--reranker-model-sha256", problems);
        checkSha256(tokenizerSha256, "--reranker-tokenizer-sha256", problems);
        if (cacheFolder.isBlank() || !isPath(cacheFolder)) {
            problems.add("--reranker-cache-folder must be a folder, to keep what --reranker-model-url downloads");
        }
        if (largestFile < 1) {
            problems.add("--reranker-largest-file must be a number of bytes above 0");
        }
        if (!deadline.isPositive() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            problems.add("--reranker-download-deadline must be above 0 and no more than 1 day");
        }
        return problems;
    }

    private void checkUrl(String text, String option, List<String> problems) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            problems.add("%s must be an https:// URL".formatted(option));
            return;
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            problems.add("%s must not hold a user or a password".formatted(option));
        }
        if (!url.isHttps() && !insideHosts.contains(url.host())) {
            problems.add("%s must begin with https://, unless --reranker-inside-host names its host".formatted(option));
        }
    }

    private static void checkSha256(String text, String option, List<String> problems) {
        if (!SHA_256.matcher(text).matches()) {
            problems.add("%s must be the SHA-256 of the file, 64 hexadecimal digits".formatted(option));
        }
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The URL of the model without its query, which may hold a secret. */
    String shown() {
        return Download.shown(HttpUrl.get(modelUrl));
    }
}
