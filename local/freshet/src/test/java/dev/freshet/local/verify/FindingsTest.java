package dev.freshet.local.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Difference;
import dev.freshet.core.verify.Difference.Kind;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void allAreCountedAndTheFirstAreKept() {
        Findings findings = new Findings(2);
        for (int i = 0; i < 5; i++) {
            findings.accept(difference(Kind.WITHOUT_VECTOR, i));
            findings.accept(difference(Kind.MISSING_DOCUMENT, i));
        }

        assertThat(findings.differences()).containsOnly(entry("missing_document", 5L));
        assertThat(findings.warnings()).containsOnly(entry("without_vector", 5L));
        assertThat(findings.first())
                .extracting(Difference::kind)
                .containsExactly(
                        Kind.MISSING_DOCUMENT, Kind.MISSING_DOCUMENT, Kind.WITHOUT_VECTOR, Kind.WITHOUT_VECTOR);
    }

    private static Difference difference(Kind kind, int number) {
        return new Difference(kind, new DocumentKey("acme", "doc-" + number), null, 0, "is different", false);
    }
}
