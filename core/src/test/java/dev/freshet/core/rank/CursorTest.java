package dev.freshet.core.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.fuse.Fused;
import dev.freshet.core.fuse.FusedList;
import dev.freshet.core.fuse.Fusion;
import dev.freshet.core.fuse.Normalisation;
import dev.freshet.core.fuse.RankedList;
import dev.freshet.core.fuse.Signal;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import dev.freshet.core.text.ContentHash;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class CursorTest {
    private static final Normalisation NORMALISATION = new Normalisation.ZScore();

    @Property(tries = 60)
    void aCursorBringsEveryHitBackWithItsScore(
            @ForAll @IntRange(max = 200) int hits, @ForAll long seed, @ForAll boolean fresh, @ForAll boolean looked) {
        Order order = order(hits, seed, fresh, looked);
        Cursor cursor = Cursor.of("search", 11, order.summary, List.of("a_code"), new HitCount(7, false), order.ranked);

        Cursor read = Cursor.read(cursor.text()).orElseThrow();

        assertThat(read.search()).isEqualTo("search");
        assertThat(read.rank()).isEqualTo(11);
        assertThat(read.degraded()).containsExactly("a_code");
        assertThat(read.total()).isEqualTo(new HitCount(7, false));
        assertThat(read.entries()).hasSize(hits);
        for (int i = 0; i < hits; i++) {
            Ranked before = order.ranked.get(i);
            Ranked after = read.hit(read.entries().get(i), before.chunk(), NORMALISATION);
            assertThat(read.entries().get(i).chunkId()).isEqualTo(before.chunk().chunkId());
            assertThat(after.score()).isCloseTo(before.score(), within(1e-5));
            assertThat(after.numbers().fused()).isCloseTo(before.numbers().fused(), within(1e-5));
            assertThat(after.numbers().lists().keySet())
                    .isEqualTo(before.numbers().lists().keySet());
            assertThat(after.duplicates()).isEqualTo(before.duplicates());
        }
    }

    @Example
    void theRestOfTheRestGoesOn() {
        Order order = order(5, 1, false, false);
        Cursor cursor = Cursor.of("search", 3, order.summary, List.of(), null, order.ranked);

        Cursor after = Objects.requireNonNull(cursor.after(3, 2));

        assertThat(after.rank()).isEqualTo(5);
        assertThat(after.entries()).isEqualTo(cursor.entries().subList(3, 5));
        assertThat(cursor.after(5, 5)).isNull();
    }

    @Property(tries = 500)
    void whatWasDamagedIsNone(@ForAll long seed) {
        Random random = new Random(seed);
        Order order = order(20, seed, true, true);
        byte[] bytes = Base64.getUrlDecoder()
                .decode(Cursor.of("search", 1, order.summary, List.of(), null, order.ranked)
                        .text());
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        assertThat(Cursor.read(Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
    }

    @Property(tries = 500)
    void anyTextIsACursorOrNone(@ForAll String text, @ForAll byte[] bytes) {
        assertThatCode(() -> {
                    Optional<Cursor> none = Cursor.read(text);
                    Optional<Cursor> nothing =
                            Cursor.read(Base64.getUrlEncoder().encodeToString(bytes));
                    assertThat(none).isEmpty();
                    assertThat(nothing).isEmpty();
                })
                .doesNotThrowAnyException();
    }

    private record Order(List<Ranked> ranked, RankingSummary summary) {}

    private static Order order(int hits, long seed, boolean fresh, boolean looked) {
        Random random = new Random(seed);
        List<RankedList.Entry<FoundChunk>> one = new ArrayList<>();
        List<RankedList.Entry<FoundChunk>> other = new ArrayList<>();
        for (int i = 0; i < hits; i++) {
            String id = i % 7 == 0
                    ? "id of somebody else " + i
                    : ContentHash.begin().add("c" + i).end();
            FoundChunk chunk = Chunks.chunk(id, "d", "text");
            (random.nextBoolean() ? one : other).add(new RankedList.Entry<>(id, random.nextFloat() * 20, chunk));
        }
        FusedList<FoundChunk> fused = new Fusion(NORMALISATION)
                .fuse(
                        List.of(new RankedList<>("vector", 0.4, one), new RankedList<>("keyword", 0.6, other)),
                        fresh ? new Signal<>("freshness", 0.3, chunk -> 0.5) : null);
        double[] scores = fused.items().stream()
                .limit(10)
                .mapToDouble(candidate -> random.nextFloat())
                .toArray();
        RankingSummary.SecondLook second = looked ? Blend.secondLook("late_interaction", scores, 0.5) : null;
        List<Fused<FoundChunk>> items = fused.items();
        List<Ranked> ranked = new ArrayList<>(Blend.order(items, scores, second));
        if (hits > 2) {
            ranked.set(1, ranked.get(1).with(List.of(ranked.get(2).chunk().chunkId())));
        }
        return new Order(ranked, new RankingSummary(fused.lists(), fused.signalShare(), second));
    }
}
