package dev.freshet.query.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.query.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentPathTest {
    @Test
    void anIdIsDecodedOnce() {
        assertThat(DocumentPath.decode("docs/a%20b%252F+%C3%A4")).isEqualTo("docs/a b%2F+\u00e4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%C3", "%ff"})
    void whatIsNotPercentEncodedUtf8IsRefused(String path) {
        assertThatThrownBy(() -> DocumentPath.decode(path)).isInstanceOf(ProblemException.class);
    }
}
