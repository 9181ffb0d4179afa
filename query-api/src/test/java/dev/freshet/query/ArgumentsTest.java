package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ArgumentsTest {
    @Test
    void thereIsADefaultForEverything() {
        QueryApiConfig config = read();

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.openSearch()).isEqualTo(URI.create("http://localhost:9200"));
        assertThat(config.kafkaBootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.topic()).isEqualTo("documents");
        assertThat(config.watermarksTopic()).isEqualTo("index-watermarks");
        assertThat(config.embedder().name()).isEqualTo("minilm");
    }

    @Test
    void argumentsAreTaken() {
        QueryApiConfig config =
                read("--port", "9", "--opensearch-url", "http://os:1", "--kafka-bootstrap-servers", "k:1");

        assertThat(config.port()).isEqualTo(9);
        assertThat(config.openSearch()).isEqualTo(URI.create("http://os:1"));
        assertThat(config.kafkaBootstrapServers()).isEqualTo("k:1");
    }

    @ParameterizedTest
    @CsvSource({"--port,70000", "--embedder,none", "--search-timeout,0"})
    void whatCannotBeIsSaid(String option, String value) {
        assertThatThrownBy(() -> read(option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option);
    }

    @Test
    void aProviderIsTakenWithTheTimeOfASearch() {
        QueryApiConfig config = read(
                "--embedder",
                "openai",
                "--embedder-url",
                "https://provider.example/v1",
                "--embedder-model",
                "m",
                "--embedder-revision",
                "2026-11",
                "--embedder-key-file",
                "/run/secrets/key",
                "--embedder-dimension",
                "256",
                "--embedder-shorten",
                "--embedder-query-prefix",
                "query: ",
                "--search-timeout",
                "700");

        assertThat(config.embedder().provider())
                .isEqualTo(new OpenAiOptions(
                        "https://provider.example/v1",
                        "m",
                        "2026-11",
                        new ApiKey("/run/secrets/key", null, ApiKey.AUTHORIZATION),
                        256,
                        true,
                        "query: ",
                        "",
                        Duration.ofMillis(700)));
    }

    @Test
    void anExportedEncoderIsTaken() {
        QueryApiConfig config = read(
                "--embedder=onnx",
                "--embedder-model-path=/models/gte",
                "--embedder-pooling=cls",
                "--embedder-query-prefix=",
                "--embedder-max-tokens=256",
                "--embedder-device=cpu");

        assertThat(config.embedder().exported())
                .isEqualTo(new OnnxOptions("/models/gte", "cls", "", null, 256, "cpu", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "--embedder=openai,--embedder-url",
        "--embedder-url=http://host/v1,--embedder openai",
        "--embedder=onnx,--embedder-model-path",
        "--embedder-model-path=/models/gte,--embedder onnx"
    })
    void halfAnEmbedderIsRefused(String argument, String words) {
        assertThatThrownBy(() -> read(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private static QueryApiConfig read(String... arguments) {
        CommandLine commandLine = Arguments.commandLine();
        commandLine.parseArgs(arguments);
        Arguments read = commandLine.getCommand();
        return read.config();
    }
}
