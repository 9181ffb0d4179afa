package dev.freshet.eval.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.fs.Path;

/** The judgements of a collection: tab-separated query id, document id, grade, under a line of headings. */
final class Qrels {
    private static final int COLUMNS = 3;

    private final Map<String, Map<String, Integer>> grades = new HashMap<>();

    private Qrels() {}

    static Qrels read(Path file) throws IOException {
        Qrels qrels = new Qrels();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.getFileSystem().open(file), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            for (int number = 2; (line = lines.readLine()) != null; number++) {
                if (!line.isBlank()) {
                    qrels.add(line, file, number);
                }
            }
        }
        return qrels;
    }

    private void add(String line, Path file, int number) throws IOException {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IOException(
                    "%s, line %d: expected query id, document id and grade between tabs".formatted(file, number));
        }
        try {
            grades.computeIfAbsent(columns[0], query -> new HashMap<>())
                    .put(columns[1], Integer.parseInt(columns[2].strip()));
        } catch (NumberFormatException e) {
            throw new IOException("%s, line %d: the grade is no whole number".formatted(file, number), e);
        }
    }

    /** Grade by document id; empty when the query was not judged. */
    Map<String, Integer> of(String queryId) {
        return grades.getOrDefault(queryId, Map.of());
    }
}
