package dev.freshet.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.core.reliability.Survives;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingTextTest {
    /** Letters, marks and signs of many scripts, with what nobody sees among them. */
    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abe eAB1.\n-аеорАВ ανοΑ\u200b\u200d\u202e\u00ad\ufeff\ufe0f\u0301\u2066ﬁＡ字カｶ\ud83d\ude00")
                .ofMaxLength(60);
    }

    @Property
    void theFormIsIdempotent(@ForAll("texts") String text) {
        String once = MatchingText.of(text);

        assertThat(MatchingText.of(once)).isEqualTo(once);
    }

    @Property
    void whatNobodySeesMakesNoDifference(@ForAll("texts") String text, @ForAll("unseen") int unseen) {
        String with = text.codePoints()
                .mapToObj(c -> Character.toString(c) + Character.toString(unseen))
                .reduce("", String::concat);

        assertThat(MatchingText.of(with)).isEqualTo(MatchingText.of(text));
    }

    @Provide
    static Arbitrary<Integer> unseen() {
        return Arbitraries.of(0x200B, 0x200D, 0x202E, 0x2060, 0x2066, 0xAD, 0xFE0F, 0xE0041, 0x3164);
    }

    @ParameterizedTest
    @CsvSource({"ｐｕｍｐ ４２,pump 42", "𝐩𝐮𝐦𝐩,pump", "ﬁlter,filter", "ｶﾒﾗ,カメラ", "x² ½ ™,x² ½ ™", "ﷺ,ﷺ"})
    void lettersOfFontsArePlainLetters(String text, String plain) {
        assertThat(MatchingText.of(text)).isEqualTo(plain);
    }

    @Test
    @Survives("B9")
    void lettersThatLookLatinAreLatinAmongLatinOnes() {
        assertThat(MatchingText.of("pаypal \u0430nd \u03bfpen")).isEqualTo("paypal and open");
        assertThat(MatchingText.of("рассора, ανοχή"))
                .as("a word of its own script")
                .isEqualTo("рассора, ανοχή");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain text, äöü ß é", "1 < 2 && x"})
    void whatIsInTheFormComesBackAsItIs(String text) {
        assertThat(MatchingText.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u200b", "а", "aа", "ﬁ", "\u0301", " "})
    @Survives({"B10", "B11"})
    void aMegabyteTakesTimeInProportion(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());

        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThat(MatchingText.of(CanonicalText.of(text))).isNotNull());
    }
}
