package dev.freshet.local.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.flink.JobMetrics;
import dev.freshet.local.http.CannedService;
import dev.freshet.local.lifecycle.EmbeddingLine.TenantLine;
import dev.freshet.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmbeddingLineTest {
    private static final String METRICS = "/jobs/a1/vertices/embed/subtasks/metrics";
    private static final String EMBED = "embed.freshet.embed.";

    @Test
    void itTellsForEveryTenantAndModelWhatWasEmbeddedAndSavedAndWhatItCost() throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(EMBED + "tokensPaid", 1_500.0);
        values.put(EMBED + "tokensEmbedded", 1_400.0);
        values.put(EMBED + "tenant.acme.model.m-1.chunksEmbedded", 3.0);
        values.put(EMBED + "tenant.acme.model.m-1.chunksRemembered", 1.0);
        values.put(EMBED + "tenant.acme.model.m-1.tokensEmbedded", 400.0);
        values.put(EMBED + "tenant.acme.model.m-1.tokensSaved", 100.0);
        values.put(EMBED + "tenant.acme.model.m-1.currency.EUR.cost", 0.25);
        values.put(EMBED + "tenant.a%2Eb.model.v1%2E5.tokensEmbedded", 1_000.0);
        values.put(EMBED + "tenant.a%2Eb.model.v1%2E5.chunksEmbedded", 5.0);

        EmbeddingLine line = read(values);

        assertThat(line.tokensPaid()).isEqualTo(1_500);
        assertThat(line.tokensUnused()).isEqualTo(100);
        assertThat(line.tenants())
                .containsExactly(
                        new TenantLine("a.b", "v1.5", 1_000, 0, 0, null, null),
                        new TenantLine("acme", "m-1", 400, 100, 0.25, 0.25, "EUR"));
    }

    @Test
    void aJobThatEmbeddedNothingHasNoLines() throws Exception {
        assertThat(read(Map.of(EMBED + "tokensPaid", 0.0)).tenants()).isEmpty();
    }

    @Test
    void itIsPrintedForPeople() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(printer, printer, false, false, 100);

        EmbeddingTable.print(
                terminal,
                new EmbeddingLine(
                        1_234_667, 100, List.of(new TenantLine("acme", "m-1", 1_234_567, 100, 0.25, 0.0247, "EUR"))));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("acme +m-1 +1,234,567 +100 +25.0% 0.0247 EUR")
                .contains("100 tokens were paid for answers");
    }

    private static EmbeddingLine read(Map<String, Double> values) throws Exception {
        String ids = values.keySet().stream()
                .map(name -> "{\"id\":\"%s\"}".formatted(name))
                .collect(Collectors.joining(",", "[", "]"));
        String sums = values.entrySet().stream()
                .map(value -> "{\"id\":\"%s\",\"sum\":%s}".formatted(value.getKey(), value.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
        String query = values.keySet().stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        Map<String, String> answers = Map.of(
                "/jobs/a1",
                "{\"vertices\":[{\"id\":\"embed\"}]}",
                METRICS,
                ids,
                METRICS + "?agg=sum&get=" + query,
                sums);
        try (CannedService flink = CannedService.answering(answers)) {
            return EmbeddingLine.read(new JobMetrics(flink.uri(), () -> "a1"));
        }
    }
}
