package dev.freshet.core.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearDuplicateKeysTest {
    private static final int WORDS = 150;

    @Test
    void equalWordsGiveEqualKeysWhateverIsBetweenThem() {
        String text = "The quick brown fox jumps over the lazy dog and runs away from all of them.";

        assertThat(NearDuplicateKeys.of(
                        "**the** quick, brown\nFox jumps over the lazy dog and runs away -- from all of them"))
                .hasSize(8)
                .isEqualTo(NearDuplicateKeys.of(text));
    }

    @Test
    void aShortTextHasNoKeys() {
        assertThat(NearDuplicateKeys.of("See the page above.")).isEmpty();
    }

    @Test
    void aTextWithOneWordChangedIsNearlyAlwaysANearDuplicate() {
        assertThat(shareOfNearDuplicates(1)).isGreaterThan(0.95);
    }

    @Test
    void aTextWithEveryFourthWordChangedIsHardlyEverOne() {
        assertThat(shareOfNearDuplicates(WORDS / 4)).isLessThan(0.02);
    }

    @Test
    void otherTextsShareNothing() {
        Random random = new Random(2);

        assertThat(NearDuplicateKeys.of(String.join(" ", words(random))))
                .doesNotContainAnyElementsOf(NearDuplicateKeys.of(String.join(" ", words(random))));
    }

    @Test
    void scriptsWithoutSpacesHaveAsManyWordsAsCharacters() {
        assertThat(NearDuplicateKeys.of("这份文件是用中文写的，内容很短但是足够。")).hasSize(8);
    }

    private static double shareOfNearDuplicates(int changes) {
        Random random = new Random(1);
        int near = 0;
        int tries = 500;
        for (int i = 0; i < tries; i++) {
            List<String> words = words(random);
            List<String> changed = new ArrayList<>(words);
            for (int change = 0; change < changes; change++) {
                changed.set(random.nextInt(WORDS), "other" + random.nextInt());
            }
            List<String> shared = new ArrayList<>(NearDuplicateKeys.of(String.join(" ", words)));
            shared.retainAll(NearDuplicateKeys.of(String.join(" ", changed)));
            near += shared.size() >= NearDuplicateKeys.SHARED ? 1 : 0;
        }
        return (double) near / tries;
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add("word" + random.nextInt(20_000));
        }
        return words;
    }
}
