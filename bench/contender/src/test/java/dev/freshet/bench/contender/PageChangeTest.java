package dev.freshet.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PageChangeTest {
    @Test
    void theKeyIsOneWordWhateverTheIdIs() {
        assertThat(new PageChange("content/a page.md", "text").key()).matches("[0-9a-f]{32}");
    }

    @Test
    void theKeyIsThatOfThePageAndNotOfTheChange() {
        assertThat(new PageChange("a.md", "one").key())
                .isEqualTo(new PageChange("a.md", null).key())
                .isNotEqualTo(new PageChange("b.md", "one").key());
    }

    @Test
    void aDeletedPageHasNoText() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PageChange("a.md", null).text())
                .withMessageContaining("a.md");
    }
}
