package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.onnx.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which cross-encoder scores, and how much it may do.
 *
 * @param path of its folder, with {@code model.onnx} and {@code tokenizer.json}, or of its ONNX file; null where it is downloaded
 * @param download where it comes from; null where it has a path
 * @param maxTokensPerPair that it reads of a query and a passage together, special tokens included; what is longer is cut
 * @param maxTokensPerRequest that it reads for a query in all; passages beyond are not scored
 * @param maxWaitingPairs pairs that wait, of all queries together; queries beyond are refused
 * @param threads that score
 * @param device one of {@link Device}'s labels
 * @param batchTokens most tokens of a call of the model, padding included; 0 for what suits the device
 */
public record CrossEncoderOptions(
        @Nullable String path,
        @Nullable DownloadOptions download,
        int maxTokensPerPair,
        int maxTokensPerRequest,
        int maxWaitingPairs,
        int threads,
        String device,
        int batchTokens) {
    public static final int TOKENS_PER_PAIR = 256;

    /** About what two cores read in 100 ms with a cross-encoder of six layers. */
    public static final int TOKENS_PER_REQUEST = 4_096;

    public static final int WAITING_PAIRS = 512;

    private static final int FEWEST_TOKENS = 16;
    private static final int LONGEST_PAIR = 1 << 16;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_PAIRS = 1 << 16;
    private static final int MOST_THREADS = 1_024;

    /** One at a path, with the limits that suit most. */
    public static CrossEncoderOptions at(String path, int threads) {
        return new CrossEncoderOptions(
                path, null, TOKENS_PER_PAIR, TOKENS_PER_REQUEST, WAITING_PAIRS, threads, Device.AUTO.label(), 0);
    }

    /** Everything that is wrong, in the words of the command line, without a look at the files. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        boolean hasPath = path != null && !path.isBlank();
        if (hasPath == (download != null)) {
            problems.add(
                    "the reranker cross_encoder needs either --reranker-model-path, its folder or file, or --reranker-model-url");
        }
        if (download != null) {
            problems.addAll(download.problems());
        }
        within(maxTokensPerPair, FEWEST_TOKENS, LONGEST_PAIR, "--reranker-max-tokens-per-pair", problems);
        within(maxTokensPerRequest, maxTokensPerPair, MOST_TOKENS, "--reranker-max-tokens-per-request", problems);
        within(maxWaitingPairs, 1, MOST_PAIRS, "--reranker-max-waiting-pairs", problems);
        within(threads, 1, MOST_THREADS, "--reranker-threads", problems);
        within(batchTokens, 0, MOST_TOKENS, "--reranker-batch-tokens", problems);
        if (!Device.labels().contains(device)) {
            problems.add("--reranker-device must be one of " + String.join(", ", Device.labels()));
        }
        return problems;
    }

    private static void within(int value, int least, int most, String option, List<String> problems) {
        if (value < least || value > most) {
            problems.add("%s must be from %d to %d".formatted(option, least, most));
        }
    }

    Device wantedDevice() {
        return Device.valueOf(device.toUpperCase(Locale.ROOT));
    }

    /** What a person must mend before the cross-encoder can be used. */
    RerankerMisconfiguredException refused(String... problems) {
        String which = download == null ? "--reranker-model-path " + path : "--reranker-model-url " + download.shown();
        return new RerankerMisconfiguredException(
                "%s cannot be used: %s".formatted(which, String.join("; ", problems)));
    }
}
