package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.ModelIdentity;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which provider embeds, and how it is asked.
 *
 * @param url of the provider, see {@link Endpoint}
 * @param model as the provider names it
 * @param revision which of the models of that name, for the identity of its vectors only: the provider is not told
 * @param key where the key is
 * @param dimension floats in a vector; 0 to find out with a text when the embedder opens
 * @param shorten whether to ask for vectors of that dimension, of a model that can make shorter ones
 * @param queryPrefix put before every query
 * @param passagePrefix put before every passage
 * @param timeout of a request, from connecting to the last byte of the answer
 */
public record OpenAiOptions(
        String url,
        String model,
        String revision,
        ApiKey key,
        int dimension,
        boolean shorten,
        String queryPrefix,
        String passagePrefix,
        Duration timeout)
        implements Serializable {
    private static final int LARGEST_DIMENSION = 16_000;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** Of a model that needs no revision to be told from others. */
    public OpenAiOptions(
            String url,
            String model,
            ApiKey key,
            int dimension,
            boolean shorten,
            String queryPrefix,
            String passagePrefix,
            Duration timeout) {
        this(url, model, "", key, dimension, shorten, queryPrefix, passagePrefix, timeout);
    }

    /** What a command line says of a provider; null where nothing names one, its model or its key. */
    public static @Nullable OpenAiOptions stated(
            @Nullable String url,
            @Nullable String model,
            String revision,
            ApiKey key,
            int dimension,
            boolean shorten,
            @Nullable String queryPrefix,
            @Nullable String passagePrefix,
            Duration timeout) {
        if (url == null && model == null && key.file() == null && key.variable() == null) {
            return null;
        }
        return new OpenAiOptions(
                Objects.requireNonNullElse(url, ""),
                Objects.requireNonNullElse(model, ""),
                revision,
                key,
                dimension,
                shorten,
                Objects.requireNonNullElse(queryPrefix, ""),
                Objects.requireNonNullElse(passagePrefix, ""),
                timeout);
    }

    /** Of the model's vectors. Neither host nor key: the same model behind another gateway makes the same vectors. */
    ModelIdentity identity(int floats) {
        return new ModelIdentity(
                model,
                revision,
                "",
                "provider",
                ModelIdentity.UNIT_LENGTH,
                queryPrefix,
                passagePrefix,
                floats,
                Integer.MAX_VALUE);
    }

    /** Everything that is wrong, in the words of the command line; empty when an embedder can be opened. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Endpoint.problems(url));
        check(!model.isBlank(), "--embedder openai needs --embedder-model, as the provider names it", problems);
        check(
                key.file() == null || key.variable() == null,
                "--embedder-key-file and --embedder-key-variable exclude each other",
                problems);
        check(HEADER.matcher(key.header()).matches(), "--embedder-key-header must be the name of a header", problems);
        check(
                dimension >= 0 && dimension <= LARGEST_DIMENSION,
                "--embedder-dimension must be from 0 to " + LARGEST_DIMENSION,
                problems);
        check(!shorten || dimension > 0, "--embedder-shorten needs --embedder-dimension", problems);
        check(
                timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "--embedder-timeout must be from 1ms to 10m",
                problems);
        return problems;
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }
}
