package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where an operator of a pipeline types: the freshet command, told where Kafka is. */
final class OperatorTerminal {
    private final Command freshet;
    private final String openSearch;
    private final Path temp;

    OperatorTerminal(Pipeline pipeline, Path temp) {
        this.freshet = new Command(
                SharedData.project(),
                "--kafka-bootstrap-servers=" + pipeline.stack().kafkaBootstrapServers());
        this.openSearch = pipeline.stack().openSearch().toString();
        this.temp = temp;
    }

    Command.Result run(String... arguments) throws Exception {
        return freshet.run(arguments);
    }

    /** Runs verify, which must end with this status; its report. */
    JsonNode verify(int status, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("verify", "--json", "--opensearch-url=" + openSearch, "--temp=" + temp));
        arguments.addAll(List.of(options));
        Command.Result result = freshet.run(arguments.toArray(String[]::new));
        assertThat(result.status())
                .as("%s%n%s", result.output(), result.errors())
                .isEqualTo(status);
        return Json.MAPPER.readTree(result.output());
    }

    /** The dead letters that are listed with these options. */
    JsonNode letters(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("dlq", "list", "--json"));
        arguments.addAll(List.of(options));
        String output = freshet.run(arguments.toArray(String[]::new)).succeeded();
        return Json.MAPPER.readTree(output).required("letters");
    }
}
