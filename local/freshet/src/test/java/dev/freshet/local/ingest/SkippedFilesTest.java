package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkippedFilesTest {

    @Test
    void eachReasonIsALineWithTheLimitAndTheNames() {
        SkippedFiles skipped =
                new SkippedFiles(List.of("big.pdf"), List.of("logo.png"), List.of("a.zip", "evil\u001b[2J", "LICENSE"));

        assertThat(skipped.with(List.of("default/b.md")).lines())
                .containsExactly(
                        "Skipped 2 files larger than 10 MB (7.5 MB for what is no text): big.pdf, default/b.md",
                        "Skipped 1 file with images (--images sends them; the job reads them where tesseract is): logo.png",
                        "Skipped 3 files of no format that can be read: a.zip, evil\\u001b[2J, LICENSE");
    }

    @Test
    void manyNamesAreCounted() {
        List<String> names = IntStream.range(0, 1_025).mapToObj(i -> "f" + i).toList();

        assertThat(new SkippedFiles(List.of(), List.of(), names).lines())
                .singleElement()
                .asString()
                .startsWith("Skipped 1,025 files of no format that can be read: f0, f1, ")
                .endsWith(", f19 and 1,005 more (--json names all)");
    }

    @Test
    void nothingSkippedIsNothingSaid() {
        assertThat(SkippedFiles.NONE.lines()).isEmpty();
    }
}
