package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts, and questions with the exact parts of them that answer each.
 *
 * @param texts by name
 */
record SpanQuestions(Map<String, String> texts, List<Question> questions) {
    /** A part of a text, in UTF-16 code units. */
    record Span(String text, int start, int end) {
        int overlap(Span other) {
            return text.equals(other.text) ? Math.max(0, Math.min(end, other.end) - Math.max(start, other.start)) : 0;
        }

        int length() {
            return end - start;
        }
    }

    record Question(String words, List<Span> answers) {}

    /** Reads a folder of {@code questions_df.csv} and a Markdown file for each text. */
    static SpanQuestions read(Path folder) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<Question> questions = new ArrayList<>();
        List<List<String>> rows = Csv.rows(Files.readString(folder.resolve("questions_df.csv")));
        for (List<String> row : rows.subList(1, rows.size())) {
            String name = row.get(2);
            if (!texts.containsKey(name)) {
                texts.put(name, Files.readString(folder.resolve(name + ".md")));
            }
            List<Span> answers = new ArrayList<>();
            for (JsonNode answer : Json.MAPPER.readTree(row.get(1))) {
                answers.add(new Span(
                        name,
                        answer.required("start_index").asInt(),
                        answer.required("end_index").asInt()));
            }
            questions.add(new Question(row.get(0), answers));
        }
        return new SpanQuestions(texts, questions);
    }
}
