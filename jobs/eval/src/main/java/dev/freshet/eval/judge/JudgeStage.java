package dev.freshet.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Joins queries with their judgements. */
public final class JudgeStage extends RichFlatMapFunction<String, Question> {
    public static final String NAME = "judge";
    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = new JsonMapper();

    private final BeirFolder folder;
    private final List<String> modes;
    private transient Qrels qrels;

    public JudgeStage(BeirFolder folder, List<String> modes) {
        this.folder = folder;
        this.modes = modes;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        qrels = Qrels.read(folder.judgements());
    }

    @Override
    public void flatMap(String line, Collector<Question> out) throws IOException {
        if (line.isBlank()) {
            return;
        }
        JsonNode query = JSON.readTree(line);
        String id = query.path("_id").asText();
        String text = query.path("text").asText();
        if (id.isEmpty() || text.isEmpty()) {
            throw new IOException("A line of %s lacks \"_id\" or \"text\"".formatted(folder.queries()));
        }
        Map<String, Integer> grades = qrels.of(id);
        if (grades.isEmpty()) {
            return;
        }
        for (String mode : modes) {
            out.collect(new Question(mode, id, text, grades));
        }
    }
}
