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
    public static final ChunkSize DEFAULT = new ChunkSize(40, 160, 320);

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

    /** What is wrong with limits, in words; empty when they can be used. */
    public static List<String> problems(int minimum, int target, int maximum) {
        List<String> problems = new ArrayList<>();
        if (minimum < 1) {
            problems.add("the minimum of a chunk must be at least 1, but is " + minimum);
        }
        if (target < 2L * minimum) {
            problems.add("the target of a chunk must be at least twice its minimum of %d, but is %d"
                    .formatted(minimum, target));
        }
        if (maximum < target) {
            problems.add(
                    "the maximum of a chunk must be at least its target of %d, but is %d".formatted(target, maximum));
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
