package dev.freshet.engines.rerank.http;

import dev.freshet.engines.embedding.openai.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Which server scores, and how it is asked.
 *
 * @param url that requests are posted to, as a whole
 * @param shape of requests and answers: {@code cohere}, {@code jina} or {@code tei}
 * @param model as the server names it; empty where the shape has none
 * @param key where the key is
 * @param timeout of a request, where the caller's budget is not shorter
 * @param maxPassages most passages of a request, the best of them; the others are not scored. 0 for all
 */
public record HttpRerankerOptions(
        String url, String shape, String model, ApiKey key, Duration timeout, int maxPassages) {
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final int MOST_PASSAGES = 10_000;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** Everything that is wrong, in the words of the command line. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        HttpUrl parsed = HttpUrl.parse(url);
        // Not repeated: what is no URL may be a key in the wrong place.
        check(
                parsed != null,
                "--reranker-url must be the http:// or https:// URL that requests are posted to",
                problems);
        check(
                parsed == null
                        || (parsed.username().isEmpty() && parsed.password().isEmpty()),
                "--reranker-url must not hold a user or a password; name a --reranker-key-file",
                problems);
        check(
                Shape.labels().contains(shape),
                "--reranker-shape must be one of " + String.join(", ", Shape.labels()),
                problems);
        check(
                !model.isBlank() || shape.equals(Shape.TEI.label()),
                "--reranker-url needs --reranker-model, as the server names it",
                problems);
        check(
                key.file() == null || key.variable() == null,
                "--reranker-key-file and --reranker-key-variable exclude each other",
                problems);
        check(HEADER.matcher(key.header()).matches(), "--reranker-key-header must be the name of a header", problems);
        check(
                timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "--reranker-timeout must be above 0 and no more than 10 minutes",
                problems);
        check(
                maxPassages >= 0 && maxPassages <= MOST_PASSAGES,
                "--reranker-max-passages must be from 0 to " + MOST_PASSAGES,
                problems);
        return problems;
    }

    Shape wantedShape() {
        return Shape.valueOf(shape.toUpperCase(Locale.ROOT));
    }

    /** The server in words: a query may hold a secret. */
    String shown() {
        return HttpUrl.get(url).newBuilder().query(null).fragment(null).build().toString();
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }
}
