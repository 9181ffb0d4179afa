package dev.freshet.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.core.reliability.Survives;
import java.time.Duration;
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
    @Survives("B8")
    void composedAndDecomposedLettersAreTheSameText() {
        assertThat(CanonicalText.of("Cafe\u0301")).isEqualTo(CanonicalText.of("Caf\u00e9"));
    }

    @Test
    void marksInARowAreSortedOnlyAsFarAsAnyScriptGoes() {
        String unsorted = "\u0301\u0323";

        assertThat(CanonicalText.of("a" + unsorted.repeat(32)))
                .startsWith("\u1EA1")
                .contains("\u0301".repeat(32));
        assertThat(CanonicalText.of("a" + unsorted.repeat(33))).isEqualTo("a" + unsorted.repeat(33));
    }

    @Test
    void aMegabyteOfMarksTakesTimeInProportion() {
        String unsorted = "a" + "\u0301\u0323".repeat(500_000);

        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThat(CanonicalText.of(unsorted)).hasSameSizeAs(unsorted));
    }

    @Test
    void everyLineEndIsALineFeed() {
        assertThat(CanonicalText.of("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @Test
    @Survives("B7")
    void whatNoDisplayShowsIsTakenOut() {
        assertThat(CanonicalText.of("\uFEFFa\u0000b\u0007c\ud83dd")).isEqualTo("a b c\uFFFDd");
        assertThat(CanonicalText.of("tab\tand 😀 stay")).isEqualTo("tab\tand 😀 stay");
    }

    @Test
    @Survives("B9")
    void whatOnlyMattersForDisplayStays() {
        String shown = "ex\u200bam\u00adple \u202eabc\u202c \u2066x\u2069 \u200d";

        assertThat(CanonicalText.of(shown)).isEqualTo(shown);
    }
}
