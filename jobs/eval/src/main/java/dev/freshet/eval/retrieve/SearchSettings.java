package dev.freshet.eval.retrieve;

import java.io.Serializable;
import java.time.Duration;

/**
 * How to ask the query API.
 *
 * @param apiUrl such as {@code http://127.0.0.1:8080}
 * @param tenant whose documents are searched
 * @param depth documents asked for
 * @param concurrency most questions that wait for an answer at a time
 * @param deadline of a question, all attempts together
 */
public record SearchSettings(String apiUrl, String tenant, int depth, int concurrency, Duration deadline)
        implements Serializable {}
