package dev.freshet.ingest.inflight;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.fair.TenantAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements as {@link Crowd} writes them. */
@Timeout(60)
class WhoGoesFirstTest {
    private static final TenantAmounts ONE_TO_THREE = TenantAmounts.parse(List.of("acme=3", "globex=1"), 1);

    private static final TenantAmounts NO_CAPS = TenantAmounts.same(0);

    @Test
    void tenantsThatFloodTheStageShareItByTheirWeights() throws Exception {
        Random random = new Random(7);
        try (Crowd crowd = new Crowd(places(4), waiting(ONE_TO_THREE))) {
            for (int i = 0; i < 1_000; i++) {
                crowd.comes("globex/%d:x:%d".formatted(i, 50 + random.nextInt(100)));
            }
            for (int i = 0; i < 1_000; i++) {
                crowd.comes("acme/%d:x:%d".formatted(i, 1 + random.nextInt(40)));
            }
            List<String> served = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                served.add(crowd.nextDone());
            }

            Map<String, Long> tokens = served.stream().collect(groupingBy(Crowd::tenant, summingLong(Crowd::tokens)));
            assertThat((double) tokens.getOrDefault("acme", 0L) / tokens.getOrDefault("globex", 0L))
                    .isCloseTo(3, within(0.3));
        }
    }

    @Test
    void aTenantThatIsAloneHasAllPlaces() throws Exception {
        try (Crowd crowd = new Crowd(places(3), waiting(ONE_TO_THREE))) {
            crowd.comes("globex/a:1:9", "globex/b:1:9", "globex/c:1:9", "globex/d:1:9");

            assertThat(crowd.begun).containsExactly("globex/a:1:9", "globex/b:1:9", "globex/c:1:9");
        }
    }

    @Test
    void whoComesFirstGoesFirstWhereNobodySaysOtherwiseAndNothingIsPutIntoTheState() throws Exception {
        try (Crowd crowd = new Crowd(places(2), waiting(TenantAmounts.same(1)))) {
            crowd.comes("globex/a:1:9", "globex/b:1:9");
            crowd.doneSoon("globex/a:1:9");

            crowd.comes("acme/a:1:9");

            assertThat(crowd.ended()).as("the task's thread waited for a place").containsExactly("globex/a:1:9");
            assertThat(crowd.begun).contains("acme/a:1:9");
        }
    }

    @Test
    void whileWhatTheStageNeedsIsAwayThoseWithoutAPlaceWaitInTheStateAndNothingStandsStill() throws Exception {
        try (Crowd crowd = new Crowd(places(2), waiting(TenantAmounts.same(1)))) {
            crowd.stalled = true;
            crowd.comes("acme/a:1:9", "acme/b:1:9", "acme/c:1:9", "acme/a:2:9", "acme/d:1:0");
            assertThat(crowd.begun).containsExactly("acme/a:1:9", "acme/b:1:9");
            assertThat(crowd.ended()).as("what needs nothing does not wait").containsExactly("acme/d:1:0");

            crowd.restart(2);
            crowd.stalled = false;
            while (!crowd.working.isEmpty()) {
                crowd.nextDone();
            }

            assertThat(crowd.ended())
                    .containsExactlyInAnyOrder("acme/a:1:9", "acme/b:1:9", "acme/c:1:9", "acme/a:2:9", "acme/d:1:0")
                    .containsSubsequence("acme/a:1:9", "acme/a:2:9");
        }
    }

    @Test
    void backfillLeavesPlacesToLiveElementsAndLetsThemGoFirst() throws Exception {
        try (Crowd crowd = new Crowd(places(4), waiting(TenantAmounts.same(1)))) {
            for (int i = 0; i < 9; i++) {
                crowd.comes("globex/%d:x:9:backfill".formatted(i));
            }
            assertThat(crowd.begun)
                    .as("of four places, two are not for backfill")
                    .hasSize(2);

            crowd.comes("acme/a:1:9", "globex/b:1:9", "acme/c:1:9");

            assertThat(crowd.begun).hasSize(4).contains("acme/a:1:9", "globex/b:1:9");
            List<String> served = new ArrayList<>();
            while (!served.contains("acme/c:1:9")) {
                served.add(crowd.nextDone());
            }
            assertThat(crowd.begun).as("the most of the backfill waits").hasSizeLessThan(5);
            assertThat(served).hasSizeLessThan(8);
        }
    }

    @Test
    void backfillThatTakesAllTokensLeavesLiveElementsTheirs() throws Exception {
        try (Crowd crowd = new Crowd(places(10), waiting(TenantAmounts.same(1)))) {
            crowd.comes("acme/huge:x:100000:backfill", "acme/b:x:9:backfill");

            crowd.comes("acme/a:1:9");

            assertThat(crowd.begun).containsExactly("acme/huge:x:100000:backfill", "acme/a:1:9");
        }
    }

    @Test
    void elementsOfADocumentKeepTheirOrderAndALiveOneTakesItsDocumentAlong() throws Exception {
        try (Crowd crowd = new Crowd(places(3), waiting(TenantAmounts.same(1)))) {
            crowd.comes("acme/0:x:9:backfill", "acme/1:x:9:backfill", "acme/2:x:9:backfill", "acme/d:1:9:backfill");
            crowd.comes("acme/d:2:9", "acme/d:3:0");
            assertThat(crowd.begun)
                    .containsExactly("acme/0:x:9:backfill", "acme/1:x:9:backfill", "acme/d:1:9:backfill");

            crowd.nextDone();
            crowd.done("acme/d:2:9");
            assertThat(crowd.ended()).containsExactly("acme/0:x:9:backfill");
            crowd.done("acme/d:1:9:backfill");

            assertThat(crowd.ended())
                    .containsExactly("acme/0:x:9:backfill", "acme/d:1:9:backfill", "acme/d:2:9", "acme/d:3:0");
        }
    }

    @Test
    void anElementThatNeedsNothingPassesUnlessItsDocumentWaits() throws Exception {
        try (Crowd crowd = new Crowd(places(1), waiting(ONE_TO_THREE))) {
            crowd.comes("acme/a:1:9", "acme/b:1:9", "acme/c:delete:0", "acme/b:delete:0");
            assertThat(crowd.ended()).containsExactly("acme/c:delete:0");

            crowd.done("acme/a:1:9");
            crowd.done("acme/b:1:9");

            assertThat(crowd.ended()).containsExactly("acme/c:delete:0", "acme/a:1:9", "acme/b:1:9", "acme/b:delete:0");
        }
    }

    @Test
    void whatIsBehindAllAndAWatermarkStayBehindThoseThatWait() throws Exception {
        try (Crowd crowd = new Crowd(places(1), waiting(ONE_TO_THREE))) {
            crowd.comes("globex/a:1:9", "globex/b:1:9", "globex/marker:last");
            crowd.watermark(7);
            crowd.comes("acme/c:1:9");
            crowd.done("globex/a:1:9");
            crowd.done("acme/c:1:9");
            assertThat(crowd.ended()).as("b waits, and was before it").containsExactly("globex/a:1:9", "acme/c:1:9");
            assertThat(crowd.watermarks()).isEmpty();

            crowd.done("globex/b:1:9");

            assertThat(crowd.ended())
                    .containsExactly("globex/a:1:9", "acme/c:1:9", "globex/b:1:9", "globex/marker:last");
            assertThat(crowd.watermarks()).containsExactly(new Watermark(7));
        }
    }

    @Test
    void aFullRoomHoldsTheStreamUntilOneHasGoneIn() throws Exception {
        WaitingLimits two = new WaitingLimits(ONE_TO_THREE, NO_CAPS, 0.3, 2, 1 << 20, 1_000);
        try (Crowd crowd = new Crowd(places(1), two)) {
            crowd.comes("acme/a:1:9", "acme/b:1:9", "acme/c:1:9", "acme/free:1:0");
            crowd.doneSoon("acme/a:1:9");

            crowd.comes("acme/d:1:9");

            assertThat(crowd.ended()).containsExactly("acme/free:1:0", "acme/a:1:9");
        }
    }

    @Test
    void whoIsDueWaitsForBytesAndALiveElementDoesNotWaitBehindIt() throws Exception {
        InFlightLimits bytes = new InFlightLimits(10, 30);
        try (Crowd crowd = new Crowd(bytes, waiting(TenantAmounts.same(1)))) {
            crowd.comes("acme/a:1:9:backfill", "acme/b:too-large-now:9:backfill");
            assertThat(crowd.begun).containsExactly("acme/a:1:9:backfill");

            crowd.comes("acme/c:1:9");
            assertThat(crowd.begun).containsExactly("acme/a:1:9:backfill", "acme/c:1:9");

            crowd.nextDone();
            crowd.nextDone();
            assertThat(crowd.begun).containsExactly("acme/b:too-large-now:9:backfill");
        }
    }

    @Test
    void theEndOfTheInputWaitsForThoseThatWait() throws Exception {
        try (Crowd crowd = new Crowd(places(1), waiting(ONE_TO_THREE))) {
            crowd.comes("acme/a:1:9", "acme/a:2:0", "acme/b:1:0");
            crowd.doneSoon("acme/a:1:9");

            crowd.endInput();

            assertThat(crowd.ended()).containsExactly("acme/b:1:0", "acme/a:1:9", "acme/a:2:0");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsLostDoubledOrOutOfItsDocumentsOrderWhateverHappens(long seed) throws Exception {
        Random random = new Random(seed);
        TenantAmounts weights = random.nextBoolean() ? ONE_TO_THREE : TenantAmounts.same(1);
        StateBackend backend = seed % 5 == 0 ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
        List<String> came = new ArrayList<>();
        try (Crowd crowd =
                new Crowd(places(200), new WaitingLimits(weights, NO_CAPS, 0.3, 1_000, 1 << 20, 60), backend)) {
            for (int i = 0; i < 400; i++) {
                switch (random.nextInt(20)) {
                    case 0 -> crowd.restart(1 + random.nextInt(4));
                    case 1, 2, 3, 4, 5, 6 -> {
                        if (!crowd.working.isEmpty()) {
                            crowd.nextDone();
                        }
                    }
                    default -> {
                        came.add(element(random, i));
                        crowd.comes(came.getLast());
                    }
                }
            }
            while (!crowd.working.isEmpty()) {
                crowd.nextDone();
            }

            assertThat(crowd.ended().stream().collect(groupingBy(Crowd::key)))
                    .isEqualTo(came.stream().collect(groupingBy(Crowd::key)));
        }
    }

    private static String element(Random random, int number) {
        String tenant = random.nextInt(3) == 0 ? "globex" : "acme";
        int tokens = random.nextInt(3) * random.nextInt(20);
        return "%s/%d:%d:%d%s"
                .formatted(tenant, random.nextInt(12), number, tokens, random.nextBoolean() ? ":backfill" : "");
    }

    private static InFlightLimits places(int places) {
        return new InFlightLimits(places, 1 << 20);
    }

    private static WaitingLimits waiting(TenantAmounts weights) {
        return new WaitingLimits(weights, NO_CAPS, 0.3, 10_000, 1 << 20, 1_000);
    }
}
