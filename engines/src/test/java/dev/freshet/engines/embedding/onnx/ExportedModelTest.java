package dev.freshet.engines.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportedModelTest {
    private static final String MEAN = "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": false}";

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void aFolderWithAnEncoder() throws IOException {
        folder = Files.createDirectories(parent.resolve("tiny"));
        write("tokenizer.json", "{}");
        tiny().write(folder.resolve("model.onnx"));
    }

    @Test
    void theFilesOfSentenceTransformersSayEverything() throws IOException {
        write("modules.json", """
                [{"type": "sentence_transformers.models.Transformer", "path": ""},
                 {"type": "sentence_transformers.models.Pooling", "path": "pool"},
                 {"type": "sentence_transformers.models.Normalize", "path": "2_Normalize"}]
                """);
        write("pool/config.json", "{\"pooling_mode_lasttoken\": true, \"pooling_mode_mean_tokens\": false}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 128}");
        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"ask: \", \"document\": \"read: \"}}");
        write("config.json", "{\"pad_token_id\": 7, \"max_position_embeddings\": 500}");

        ExportedModel model = read();

        assertThat(model.identity(32))
                .isEqualTo(
                        new ModelIdentity("tiny", model.identity(32).checksum(), "last", "ask: ", "read: ", 32, 128));
        assertThat(model.padding()).isEqualTo(7);
    }

    @Test
    void optionsGoBeforeFiles() throws IOException {
        write("1_Pooling/config.json", MEAN);
        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"ask: \", \"document\": \"read: \"}}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 128}");

        ExportedModel model = ExportedModel.read(new OnnxOptions(folder.toString(), "max", "", "text: ", 64, "cpu", 0));

        assertThat(model.pooling()).isEqualTo(Pooling.MAX);
        assertThat(model.queryPrefix()).isEmpty();
        assertThat(model.passagePrefix()).isEqualTo("text: ");
        assertThat(model.maxTokens()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|{}|{}|512",
                "{\"max_position_embeddings\": 8192}|{}|{}|512",
                "{\"max_position_embeddings\": 300}|{\"model_max_length\": 1e30}|{}|300",
                "{\"max_position_embeddings\": 300}|{\"model_max_length\": 200}|{\"max_seq_length\": null}|200",
                "{\"max_position_embeddings\": 300}|{\"model_max_length\": 200}|{\"max_seq_length\": 100}|100",
                "{\"max_position_embeddings\": 514, \"model_type\": \"roberta\", \"pad_token_id\": 1}|{}|{}|512",
                "{\"max_position_embeddings\": 130, \"model_type\": \"mpnet\", \"pad_token_id\": 1}|{}|{}|128",
            })
    void theLeastLimitThatIsStatedHolds(String config, String tokenizer, String sentence, int tokens)
            throws IOException {
        write("1_Pooling/config.json", MEAN);
        write("config.json", config);
        write("tokenizer_config.json", tokenizer);
        write("sentence_bert_config.json", sentence);

        assertThat(read().maxTokens()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"prompts\": {\"query\": \"q\", \"passage\": \"p\"}}|q|p",
                "{\"prompts\": {\"query\": \"q\", \"corpus\": \"c\", \"document\": \"d\"}}|q|d",
                "{\"prompts\": {\"s\": \"x\", \"query\": \"q\"}, \"default_prompt_name\": \"s\"}|q|x",
                "{\"prompts\": {}, \"default_prompt_name\": null}||",
            })
    void promptsArePrefixes(String config, String query, String passage) throws IOException {
        write("1_Pooling/config.json", MEAN);
        write("config_sentence_transformers.json", config);

        assertThat(read().queryPrefix()).isEqualTo(query == null ? "" : query);
        assertThat(read().passagePrefix()).isEqualTo(passage == null ? "" : passage);
    }

    @Test
    void aGraphsOwnVectorsOfTextsAreTakenAndContainWhatFollowsThePooling() throws IOException {
        write("modules.json", "[{\"type\": \"sentence_transformers.models.Dense\", \"path\": \"2_Dense\"}]");
        write("1_Pooling/config.json", MEAN);
        assertThatThrownBy(this::read).hasMessageContainingAll("Dense", "sentence_embedding");

        tiny().giving("token_embeddings", "sentence_embedding").write(folder.resolve("model.onnx"));

        assertThat(read().pooling()).isEqualTo(Pooling.NONE);
        assertThat(read().signature().output()).isEqualTo("sentence_embedding");
    }

    @Test
    void theGraphMayLieInAFolderOfItsOwn() throws IOException {
        write("1_Pooling/config.json", MEAN);
        Path graphs = Files.createDirectories(folder.resolve("onnx"));
        Files.move(folder.resolve("model.onnx"), graphs.resolve("model.onnx"));
        tiny().write(graphs.resolve("model_fp16.onnx"));

        assertThat(read().name()).isEqualTo("tiny");
        assertThat(read(graphs.resolve("model_fp16.onnx")).name()).isEqualTo("tiny/model_fp16");
        assertThat(read(graphs.resolve("model_fp16.onnx")).pooling()).isEqualTo(Pooling.MEAN);
    }

    @Test
    void theChecksumIsOfAllWeights() throws IOException {
        write("1_Pooling/config.json", MEAN);
        String inTheGraph = read().identity(32).checksum();
        tiny().external("table.bin").write(folder.resolve("model.onnx"));
        String inTwoFiles = read().identity(32).checksum();
        byte[] table = Files.readAllBytes(folder.resolve("table.bin"));
        table[0]++;
        Files.write(folder.resolve("table.bin"), table);

        assertThat(inTwoFiles).hasSize(64).isNotEqualTo(inTheGraph);
        assertThat(read().identity(32).checksum()).hasSize(64).isNotEqualTo(inTwoFiles);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Files.delete(folder.resolve("tokenizer.json"));
        write("config.json", "{");
        tiny().with("task_id").giving("logits").external("gone.bin").write(folder.resolve("model.onnx"));
        Files.delete(folder.resolve("gone.bin"));

        assertThatThrownBy(this::read)
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContainingAll(
                        folder.toString(),
                        "tokenizer.json",
                        "config.json cannot be read as JSON",
                        "task_id",
                        "only logits",
                        "gone.bin",
                        "--embedder-pooling");
    }

    @Test
    void aPathThatIsNotThereIsSaidToBeNeededEverywhere() {
        assertThatThrownBy(() -> read(parent.resolve("nowhere")))
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContainingAll("nowhere", "every TaskManager", "query API");
    }

    @Test
    void aFolderWithoutTheUsualNameSaysWhichThereAre() throws IOException {
        Files.createDirectories(folder.resolve("onnx"));
        Files.move(folder.resolve("model.onnx"), folder.resolve("onnx/model_O3.onnx"));

        assertThatThrownBy(this::read).hasMessageContaining("onnx/model_O3.onnx");
    }

    @Test
    void whatGitLeavesOfALargeFileIsKnown() throws IOException {
        write("model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n");

        assertThatThrownBy(this::read).hasMessageContaining("git lfs pull");
    }

    @Test
    void whatIsNoGraphIsSaid() throws IOException {
        write("model.onnx", "<html>not found</html>");

        assertThatThrownBy(this::read).hasMessageContaining("model.onnx is no ONNX file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"pooling_mode_weightedmean_tokens\": true}|pooling_mode_weightedmean_tokens",
                "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_max_tokens\": true}|max_tokens",
                "{}|--embedder-pooling"
            })
    void aPoolingThatIsNotKnownIsNotGuessed(String config, String problem) throws IOException {
        write("1_Pooling/config.json", config);

        assertThatThrownBy(this::read).hasMessageContaining(problem);
    }

    @Test
    void aPrefixThatIsToBeLeftOutOfThePoolingIsRefused() throws IOException {
        write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true, \"include_prompt\": false}");
        assertThat(read().pooling()).isEqualTo(Pooling.MEAN);

        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"ask: \"}}");

        assertThatThrownBy(this::read).hasMessageContaining("include_prompt");
    }

    @Test
    void shapesAndTypesThatCannotBeCalledAreRefused() throws IOException {
        write("1_Pooling/config.json", MEAN);
        tiny().fixed(4, 128).inputType(6).write(folder.resolve("model.onnx"));

        assertThatThrownBy(this::read)
                .hasMessageContainingAll("exactly 128 tokens", "exactly 4 texts", "integers of 64 bits");
    }

    @Test
    void weightsOutsideOfTheFolderAreRefused() throws IOException {
        write("1_Pooling/config.json", MEAN);
        Files.write(
                folder.resolve("model.onnx"),
                new TinyEncoder().external("../secret").toByteArray());
        Files.writeString(parent.resolve("secret"), "weights");

        assertThatThrownBy(this::read).hasMessageContaining("outside of its folder");
    }

    private static TinyEncoder tiny() {
        return new TinyEncoder().vocabulary(100);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ExportedModel read() {
        return read(folder);
    }

    private static ExportedModel read(Path path) {
        return ExportedModel.read(OnnxOptions.at(path.toString()));
    }
}
