package dev.freshet.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricLabelTest {
    @ParameterizedTest
    @CsvSource({
        "acme,acme",
        "a.b,a%2Eb",
        "a b,a%20b",
        "all-minilm-l6-v2-q,all-minilm-l6-v2-q",
        "nomic:v1.5,nomic%3Av1%2E5"
    })
    void onlyWhatFlinkWouldChangeIsWrittenInAnotherWay(String name, String label) {
        assertThat(MetricLabel.of(name)).isEqualTo(label);
    }

    @Property
    void aLabelIsOfOneNameOnlyAndFlinkLeavesItAlone(@ForAll String name) {
        Assume.that(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(name));

        String label = MetricLabel.of(name);

        assertThat(label).matches("[A-Za-z0-9_%-]*");
        assertThat(MetricLabel.nameOf(label)).isEqualTo(name);
    }

    @Test
    void aTenantThatIsCalledOtherIsNotAllOthers() {
        assertThat(MetricLabel.of("other")).isNotEqualTo(MetricLabel.OTHER);
        assertThat(MetricLabel.nameOf(MetricLabel.of("other"))).isEqualTo("other");
    }
}
