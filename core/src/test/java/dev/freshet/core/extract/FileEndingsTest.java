package dev.freshet.core.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.CodeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileEndingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java", "py", "pyi", "js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "go", "rs", "c", "h", "cc",
                "cpp", "cxx", "c++", "hh", "hpp", "hxx"
            })
    void everyEndingOfCodeSaysALanguageThatTheChunkersRead(String ending) {
        String type = FileEndings.contentType("src/stack." + ending);

        assertThat(CodeLanguage.ofContentType(String.valueOf(type))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"a/b.MD, text/markdown", "a.b/c.txt, text/plain", "x.PDF, application/pdf"})
    void theLastEndingCountsInAnyCase(String name, String type) {
        assertThat(FileEndings.contentType(name)).isEqualTo(type);
    }

    @Test
    void otherNamesSayNothing() {
        assertThat(FileEndings.contentType("folder.md/readme")).isNull();
        assertThat(FileEndings.contentType("archive.zip")).isNull();
        assertThat(FileEndings.contentType("Makefile")).isNull();
    }
}
