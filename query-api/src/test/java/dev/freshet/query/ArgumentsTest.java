package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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
        assertThat(config.embedder()).isEqualTo("minilm");
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

    private static QueryApiConfig read(String... arguments) {
        CommandLine commandLine = Arguments.commandLine();
        commandLine.parseArgs(arguments);
        Arguments read = commandLine.getCommand();
        return read.config();
    }
}
