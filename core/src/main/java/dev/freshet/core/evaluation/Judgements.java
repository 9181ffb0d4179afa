package dev.freshet.core.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What assessors said about one query.
 *
 * @param grades by document id; above 0 is relevant, the higher the more; 0 and below is not
 */
public record Judgements(Map<String, Integer> grades) {
    public Judgements {
        grades = Map.copyOf(grades);
    }

    /** The gain of finding a document: its grade, and 0 for one that is not relevant or was not judged. */
    public int gain(String document) {
        return Math.max(0, grades.getOrDefault(document, 0));
    }

    /** How many documents are relevant. */
    public int relevant() {
        return (int) grades.values().stream().filter(grade -> grade > 0).count();
    }

    /** The gains of a perfect ranking, largest first. */
    List<Integer> idealGains() {
        return grades.values().stream()
                .filter(grade -> grade > 0)
                .sorted((a, b) -> Integer.compare(b, a))
                .toList();
    }
}
