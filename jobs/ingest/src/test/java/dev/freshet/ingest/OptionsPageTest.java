package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The table of options in {@code docs/ingest.md} is what the code says. To write it again:
 *
 * <pre>mvn test -pl jobs/ingest -am -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.writeDocs=true</pre>
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../../docs/ingest.md");
    private static final String BEGIN = "<!-- options: written by OptionsPageTest -->\n";
    private static final String END = "<!-- end of options -->\n";

    @Test
    void thePageHasTheOptionsOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("freshet.writeDocs")) {
            Files.writeString(PAGE, expected);
            return;
        }

        assertThat(page).isEqualTo(expected);
    }

    private static String table() {
        List<OptionSpec> options = new ArrayList<>(
                new CommandLine(new IngestOptions()).getCommandSpec().options());
        options.removeIf(option -> option.usageHelp() || option.versionHelp());
        options.sort(Comparator.comparing(OptionSpec::longestName));
        StringBuilder table = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
        for (OptionSpec option : options) {
            String meaning = String.join(" ", option.description())
                    .replaceFirst("\\s*Default: \\S*$", "")
                    .replace("|", "\\|");
            String value = option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`";
            table.append("| `%s` | %s | %s |%n".formatted(option.longestName(), value, meaning));
        }
        return table.toString();
    }
}
