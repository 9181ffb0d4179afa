package dev.freshet.engines.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What transformers and sentence-transformers write beside a model; every file, and everything in it, may be missing.
 *
 * @param pooling null where nothing is said of it, or what is said is not known here
 * @param saidPooling the same in their words; empty where nothing is said of it
 * @param furtherModules that follow the pooling and compute something
 * @param maxTokens that the model reads; 0 where nothing is said of it
 * @param queryPrefix empty where there is none
 * @param passagePrefix empty where there is none
 * @param leavesPrefixOut whether pooling is to leave out the tokens of the prefix
 * @param comparesByDot whether the length of its vectors means something
 * @param padding the token that fills up shorter texts
 */
public record ModelConfig(
        @Nullable Pooling pooling,
        String saidPooling,
        List<String> furtherModules,
        int maxTokens,
        String queryPrefix,
        String passagePrefix,
        boolean leavesPrefixOut,
        boolean comparesByDot,
        long padding) {
    /** Their order is that in which sentence-transformers looks for the prompt of a passage. */
    private static final List<String> PASSAGE_PROMPTS = List.of("document", "passage", "corpus");

    /** The direction of a sum is that of a mean, whatever it is divided by. */
    private static final Map<String, Pooling> POOLINGS = Map.of(
            "pooling_mode_mean_tokens", Pooling.MEAN,
            "pooling_mode_mean_sqrt_len_tokens", Pooling.MEAN,
            "pooling_mode_cls_token", Pooling.CLS,
            "pooling_mode_lasttoken", Pooling.LAST,
            "pooling_mode_max_tokens", Pooling.MAX);

    /** Their positions begin behind the number of the padding token. */
    private static final Set<String> POSITIONS_AFTER_PADDING =
            Set.of("roberta", "xlm-roberta", "camembert", "mpnet", "xlm-roberta-xl", "longformer");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the files of a folder; what cannot be read, or not be done, becomes a problem. */
    public static ModelConfig read(Path folder, List<String> problems) {
        JsonNode transformer = json(folder, "config.json", problems);
        JsonNode tokenizer = json(folder, "tokenizer_config.json", problems);
        JsonNode sentence = json(folder, "sentence_bert_config.json", problems);
        JsonNode prompts = json(folder, "config_sentence_transformers.json", problems);
        List<String> further = new ArrayList<>();
        String poolingFolder = "1_Pooling";
        for (JsonNode module : json(folder, "modules.json", problems)) {
            String type = module.path("type").asText();
            switch (type.substring(type.lastIndexOf('.') + 1)) {
                case "Pooling" -> poolingFolder = module.path("path").asText();
                case "Transformer", "Normalize" -> {}
                case String other -> further.add(other);
            }
        }
        JsonNode pooling = json(folder, poolingFolder + "/config.json", problems);
        List<String> poolings = poolings(pooling);
        return new ModelConfig(
                poolings.size() == 1 ? POOLINGS.get(poolings.getFirst()) : null,
                String.join(" and ", poolings),
                further,
                maxTokens(transformer, tokenizer, sentence),
                prompt(prompts, List.of("query")),
                prompt(prompts, PASSAGE_PROMPTS),
                !pooling.path("include_prompt").asBoolean(true),
                prompts.path("similarity_fn_name").asText().startsWith("dot"),
                transformer.path("pad_token_id").asLong(0));
    }

    private static JsonNode json(Path folder, String name, List<String> problems) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add("%s cannot be read as JSON".formatted(name));
            return MissingNode.getInstance();
        }
    }

    private static List<String> poolings(JsonNode config) {
        return config.propertyStream()
                .filter(entry -> entry.getKey().startsWith("pooling_mode_")
                        && entry.getValue().asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The least of what is said: what the tokenizer, the positions and those who trained it allow. */
    private static int maxTokens(JsonNode transformer, JsonNode tokenizer, JsonNode sentence) {
        double positions = transformer.path("max_position_embeddings").asDouble(0);
        if (POSITIONS_AFTER_PADDING.contains(transformer.path("model_type").asText())) {
            positions -= transformer.path("pad_token_id").asDouble(1) + 1;
        }
        double least = DoubleStream.of(
                        positions,
                        tokenizer.path("model_max_length").asDouble(0),
                        sentence.path("max_seq_length").asDouble(0))
                .filter(limit -> limit >= 1)
                .min()
                .orElse(0);
        // Some tokenizers state a limit of 10^30, which means none.
        return least < Integer.MAX_VALUE ? (int) least : 0;
    }

    private static String prompt(JsonNode config, List<String> names) {
        JsonNode prompts = config.path("prompts");
        for (String name : names) {
            if (prompts.path(name).isTextual()) {
                return prompts.path(name).asText();
            }
        }
        return prompts.path(config.path("default_prompt_name").asText()).asText();
    }
}
