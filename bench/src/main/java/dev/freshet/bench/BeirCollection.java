package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.evaluation.Judgements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A judged collection.
 *
 * @param queries that have a relevant document
 */
record BeirCollection(List<Corpus.Document> documents, List<Query> queries) {
    record Query(String text, Judgements judgements) {}

    static BeirCollection read(Path folder) throws IOException {
        Map<String, Map<String, Integer>> grades = new HashMap<>();
        List<String> judged = Files.readAllLines(folder.resolve("qrels").resolve("test.tsv"));
        for (String line : judged.subList(1, judged.size())) {
            String[] fields = line.split("\t", -1);
            grades.computeIfAbsent(fields[0], id -> new HashMap<>()).put(fields[1], Integer.valueOf(fields[2]));
        }
        List<Query> queries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
            JsonNode query = Json.MAPPER.readTree(line);
            Judgements judgements =
                    new Judgements(grades.getOrDefault(query.required("_id").textValue(), Map.of()));
            if (judgements.relevant() > 0) {
                queries.add(new Query(query.required("text").textValue(), judgements));
            }
        }
        return new BeirCollection(Corpus.beirDocuments(folder), queries);
    }
}
