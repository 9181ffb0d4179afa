package dev.freshet.ingest.fetch;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where content may be read that a change only refers to, and at what cost.
 *
 * @param allowed beginnings of URIs, such as {@code https://wiki.example.org/docs/}; empty to refuse every reference
 * @param largestContent in bytes
 * @param deadline how long a reader is tried again that is away, before the change is dead-lettered
 * @param connectTimeout for a connection
 * @param callTimeout for one attempt as a whole
 */
public record FetchSettings(
        List<String> allowed, int largestContent, Duration deadline, Duration connectTimeout, Duration callTimeout)
        implements Serializable {
    /** What is wrong with beginnings of URIs, in words. */
    public static List<String> problems(List<String> allowed) {
        List<String> problems = new ArrayList<>();
        for (String prefix : allowed) {
            try {
                ContentUri.parse(prefix);
            } catch (ForbiddenReferenceException e) {
                problems.add("--content-allow '" + prefix + "': " + e.getMessage());
            }
        }
        return problems;
    }

    /** Beginnings of URIs that Flink cannot follow here, in words; they must have no {@link #problems}. */
    public static List<String> missingFileSystems(List<String> allowed) throws IOException {
        return StoreContent.missingFileSystems(AllowedContent.of(allowed).of("s3"));
    }
}
