package dev.freshet.engines.llm;

import dev.freshet.engines.embedding.openai.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which language model is asked, and how.
 *
 * @param url of its server: the base, such as {@code https://host/v1}, or the whole URL that ends in {@code /chat/completions}
 * @param model as the server names it
 * @param key where the key is
 * @param timeout of a request, from connecting to the last byte of the answer; callers may wait for less
 * @param concurrency requests under way at most; one more is refused at once
 */
public record LlmSettings(String url, String model, ApiKey key, Duration timeout, int concurrency) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_CONCURRENCY = 16;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final int MOST_CONCURRENCY = 1_024;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** What a command line says of a model; null where nothing names one, its server or its key. */
    public static @Nullable LlmSettings stated(
            @Nullable String url, @Nullable String model, ApiKey key, Duration timeout, int concurrency) {
        if (url == null && model == null && key.file() == null && key.variable() == null) {
            return null;
        }
        return new LlmSettings(
                Objects.requireNonNullElse(url, ""), Objects.requireNonNullElse(model, ""), key, timeout, concurrency);
    }

    /** Everything that is wrong, in the words of the command line; empty when the model can be asked. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(ChatEndpoint.problems(url));
        check(!model.isBlank(), "--llm-url needs --llm-model, as the server names it", problems);
        check(
                key.file() == null || key.variable() == null,
                "--llm-key-file and --llm-key-variable exclude each other",
                problems);
        check(HEADER.matcher(key.header()).matches(), "--llm-key-header must be the name of a header", problems);
        check(
                timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "--llm-timeout must be from 1ms to 10m",
                problems);
        check(
                concurrency >= 1 && concurrency <= MOST_CONCURRENCY,
                "--llm-concurrency must be from 1 to " + MOST_CONCURRENCY,
                problems);
        return problems;
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }
}
