package dev.freshet.ingest.inflight;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.fair.TenantAmounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements as {@link Crowd} writes them; all that they claim is used, but for what says {@code remembered}. */
@Timeout(60)
class DailyCapsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long NOON = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
    private static final long MIDNIGHT = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    @Test
    void aTenantWhoseCapIsUsedUpWaitsUntilMidnightAndOthersDoNot() throws Exception {
        try (Crowd crowd = crowd(100)) {
            crowd.clock(NOON);
            crowd.comes("acme/a:1:60", "acme/b:1:40", "acme/c:1:1", "globex/a:1:500");
            assertThat(crowd.begun).containsExactly("acme/a:1:60", "acme/b:1:40", "globex/a:1:500");
            for (int i = 0; i < 3; i++) {
                crowd.nextDone();
            }
            crowd.clock(MIDNIGHT - 1);
            assertThat(crowd.begun).isEmpty();

            crowd.clock(MIDNIGHT);

            assertThat(crowd.begun).containsExactly("acme/c:1:1");
        }
    }

    @Test
    void whatNeedsNothingIsNeverHeldUnlessItsDocumentIs() throws Exception {
        try (Crowd crowd = crowd(100)) {
            crowd.clock(NOON);
            crowd.comes("acme/a:1:100", "acme/b:1:1", "acme/c:delete:0", "acme/a:patch:0", "acme/b:delete:0");
            crowd.nextDone();

            assertThat(crowd.ended()).containsExactly("acme/c:delete:0", "acme/a:1:100", "acme/a:patch:0");
        }
    }

    @Test
    void whoIsHeldTakesNoBytesFromOthers() throws Exception {
        TenantAmounts caps = TenantAmounts.parse(List.of("acme=100"), 0);
        try (Crowd crowd = new Crowd(
                new InFlightLimits(100, 30),
                new WaitingLimits(TenantAmounts.same(1), caps, 0.3, 10_000, 1 << 20, 10_000))) {
            crowd.clock(NOON);
            crowd.comes("acme/a:1:100");
            crowd.nextDone();
            crowd.comes("acme/b:1:1", "globex/a:of-twenty:500");

            assertThat(crowd.begun).containsExactly("globex/a:of-twenty:500");
        }
    }

    @Test
    void whatWasRememberedCostsNothing() throws Exception {
        try (Crowd crowd = crowd(100)) {
            crowd.clock(NOON);
            crowd.comes("acme/a:remembered:100", "acme/b:1:100", "acme/c:1:1");
            assertThat(crowd.begun).containsExactly("acme/a:remembered:100");

            crowd.nextDone();

            assertThat(crowd.begun).containsExactly("acme/b:1:100");
        }
    }

    @Test
    void theLedgerSurvivesARestartAtAnotherParallelism() throws Exception {
        try (Crowd crowd = crowd(100)) {
            crowd.clock(NOON);
            crowd.comes("acme/a:1:30", "acme/b:1:50", "acme/c:1:21");
            crowd.nextDone();
            crowd.restart(3, NOON);
            assertThat(crowd.begun).as("in flight, paid before").containsExactly("acme/b:1:50");

            crowd.comes("acme/d:1:21", "acme/e:1:8");
            crowd.nextDone();
            crowd.restart(1, NOON);
            assertThat(crowd.begun).isEmpty();
            crowd.clock(MIDNIGHT);

            assertThat(crowd.begun).containsExactlyInAnyOrder("acme/c:1:21", "acme/d:1:21", "acme/e:1:8");
        }
    }

    @Test
    void theEndOfTheInputWaitsForTheNextDay() throws Exception {
        try (Crowd crowd = crowd(100)) {
            crowd.clock(NOON);
            crowd.comes("acme/a:1:100", "acme/b:1:1");
            crowd.nextDone();
            crowd.restart(1, NOON);
            assertThat(crowd.begun).isEmpty();
            crowd.clock(MIDNIGHT);
            crowd.doneSoon("acme/b:1:1");

            crowd.endInput();

            assertThat(crowd.ended()).containsExactly("acme/a:1:100", "acme/b:1:1");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noDayHasMoreThanTheCapAndNothingIsLostWhateverHappens(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> came = new ArrayList<>();
        Map<Long, Long> usedByDay = new HashMap<>();
        long now = NOON;
        try (Crowd crowd = crowd(200)) {
            crowd.clock(now);
            for (int i = 0; i < 300; i++) {
                switch (random.nextInt(20)) {
                    case 0 -> crowd.restart(1 + random.nextInt(4), now);
                    case 1 -> {
                        now += random.nextLong(DAY);
                        crowd.clock(now);
                    }
                    case 2, 3, 4, 5, 6 -> use(crowd, now, usedByDay);
                    default -> {
                        came.add("acme/%d:%s%d:%d"
                                .formatted(
                                        random.nextInt(20),
                                        random.nextInt(5) == 0 ? "remembered" : "",
                                        i,
                                        random.nextInt(3) * random.nextInt(25)));
                        crowd.comes(came.getLast());
                    }
                }
            }
            for (int i = 0; i < 1_000 && crowd.ended().size() < came.size(); i++) {
                now += DAY / 2;
                crowd.clock(now);
                while (use(crowd, now, usedByDay)) {}
            }

            assertThat(crowd.ended().stream().collect(groupingBy(Crowd::key)))
                    .isEqualTo(came.stream().collect(groupingBy(Crowd::key)));
            assertThat(usedByDay.values()).allMatch(used -> used <= 200);
        }
    }

    private static boolean use(Crowd crowd, long now, Map<Long, Long> usedByDay) throws Exception {
        if (crowd.working.isEmpty()) {
            return false;
        }
        usedByDay.merge(now / DAY, Crowd.used(crowd.nextDone()), Long::sum);
        return true;
    }

    private static Crowd crowd(long cap) throws Exception {
        TenantAmounts caps = TenantAmounts.parse(List.of("acme=" + cap), 0);
        return new Crowd(
                new InFlightLimits(100, 1 << 20),
                new WaitingLimits(TenantAmounts.same(1), caps, 0.3, 10_000, 1 << 20, 10_000));
    }
}
