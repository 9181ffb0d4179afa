package dev.freshet.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {
    @Property
    void theFormIsIdempotent(@ForAll String text) {
        String once = CanonicalText.of(text);

        assertThat(CanonicalText.of(once)).isEqualTo(once);
    }

    @Test
    void composedAndDecomposedLettersAreTheSameText() {
        assertThat(CanonicalText.of("Cafe\u0301")).isEqualTo(CanonicalText.of("Caf\u00e9"));
    }

    @Test
    void everyLineEndIsALineFeed() {
        assertThat(CanonicalText.of("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @Test
    void whatNoDisplayShowsIsTakenOut() {
        assertThat(CanonicalText.of("\uFEFFa\u0000b\u0007c\ud83dd")).isEqualTo("a b c\uFFFDd");
        assertThat(CanonicalText.of("tab\tand 😀 stay")).isEqualTo("tab\tand 😀 stay");
    }
}
