package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Limits for chunks, in tokens.
 *
 * @param minimum no chunk is smaller, unless its document is
 * @param target the size that most chunks are near to
 * @param maximum no chunk is larger
 */
public record ChunkSize(int minimum, int target, int maximum) {
    /** Chunks of about 150 tokens: passages that one vector can stand for and a person can read at once. */
    public static final ChunkSize DEFAULT = new ChunkSize(40, 160, 240);

    public ChunkSize {
        List<String> problems = problems(minimum, target, maximum);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** A target of twice the minimum: all places are treated alike. */
    public ChunkSize(int minimum, int maximum) {
        this(minimum, 2 * minimum, maximum);
    }

    /** What is wrong with limits, in words that name the options; empty when they can be used. */
    public static List<String> problems(int minimum, int target, int maximum) {
        List<String> problems = new ArrayList<>();
        if (minimum < 1) {
            problems.add("--chunk-minimum must be at least 1");
        }
        if (target < 2L * minimum) {
            problems.add("--chunk-target must be at least twice --chunk-minimum, but they are %d and %d"
                    .formatted(target, minimum));
        }
        if (maximum < target) {
            problems.add("--chunk-maximum must be at least --chunk-target, but they are %d and %d"
                    .formatted(maximum, target));
        }
        return problems;
    }

    /** How far around a place that is no heading none may be better for a chunk to begin there. */
    int reach() {
        return target / 2;
    }

    @Override
    public String toString() {
        return minimum + "-" + target + "-" + maximum;
    }
}
