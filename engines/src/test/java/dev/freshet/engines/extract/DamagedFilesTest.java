package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.reliability.Survives;
import dev.freshet.core.text.CanonicalText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Files of every type, damaged at random. A few in every build, and as many as {@code freshet.damaged} says:
 *
 * <pre>mvn test -pl engines -am -Dtest=DamagedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.damaged=10000</pre>
 */
class DamagedFilesTest {
    private static final int INPUTS = Integer.getInteger("freshet.damaged", 200);
    private static final ExtractLimits LIMITS =
            new ExtractLimits(Duration.ofSeconds(30), 20 << 20, 20 << 20, 1 << 20, 5);
    private static final int MEGABYTES = 96;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private long slowest;

    @Test
    @Survives({"B18", "B7"})
    void everyDamagedFileHasAnOutcomeInTimeAndNoneEndsTheProcess() throws Exception {
        List<Map.Entry<String, byte[]>> files =
                new ArrayList<>(Files.ofEveryType().entrySet());
        try (ForkedExtractor extractor = new ForkedExtractor(new ForkOptions(1, MEGABYTES, LIMITS, null))) {
            for (int seed = 0; seed < INPUTS; seed++) {
                var file = files.get(seed % files.size());
                byte[] damaged = new Mutations(new SplittableRandom(seed)).of(file.getValue());
                long start = System.nanoTime();
                ExtractOutcome outcome = extractor
                        .extract(new ForeignContent(damaged, MediaType.UNKNOWN, "file." + file.getKey()))
                        .get(90, TimeUnit.SECONDS);
                slowest = Math.max(slowest, System.nanoTime() - start);
                check(outcome, "seed " + seed + ", " + file.getKey());
            }
        }
        System.out.printf(
                "%d damaged files: slowest %d ms, %s%n", INPUTS, TimeUnit.NANOSECONDS.toMillis(slowest), outcomes);
        assertThat(outcomes).containsKeys("extracted", "unreadable");
    }

    private void check(ExtractOutcome outcome, String file) {
        switch (outcome) {
            case Extracted(String text, String contentType, String title) -> {
                outcomes.merge("extracted", 1, Integer::sum);
                assertThat(CanonicalText.of(text)).as(file).isEqualTo(text);
                assertThat(text.length()).as(file).isLessThanOrEqualTo(LIMITS.text() + 1000);
                assertThat(contentType).as(file).startsWith("text/");
                assertThat(title == null || !title.isBlank()).as(file).isTrue();
            }
            case Refused(String reason, String message) -> {
                outcomes.merge(reason, 1, Integer::sum);
                assertThat(reason).as(file).isNotEqualTo("extract_crashed");
                assertThat(message).as(file).isNotBlank();
            }
        }
    }
}
