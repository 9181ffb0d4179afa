package dev.freshet.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(8);

    @Test
    void itStartsWithOneAndGrowsByOneForEachRoundTripThatUsedAllPlaces() {
        List<Integer> seen = new ArrayList<>();
        for (int trip = 0; trip < 12; trip++) {
            seen.add(limit.current());
            begin(limit.current()).forEach(ConcurrencyLimit.Call::succeeded);
        }
        assertThat(seen).startsWith(1, 2).isSorted().endsWith(8);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i) - seen.get(i - 1)).isBetween(0, 1);
        }
    }

    @Test
    void itDoesNotGrowWhilePlacesAreFree() {
        grow();
        begin(8).getFirst().rejected();
        assertThat(limit.current()).isEqualTo(4);

        ConcurrencyLimit few = new ConcurrencyLimit(8);
        few.begin().succeeded();
        assertThat(few.current()).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            few.begin().succeeded();
        }
        assertThat(few.current()).isEqualTo(2);
    }

    @Test
    void aRoundTripThatWasRejectedHalvesItOnce() {
        grow();
        List<ConcurrencyLimit.Call> trip = begin(8);

        trip.forEach(ConcurrencyLimit.Call::rejected);
        assertThat(limit.current()).isEqualTo(4);

        begin(1).getFirst().rejected();
        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void onePlaceIsAlwaysLeft() {
        for (int i = 0; i < 10; i++) {
            begin(1).getFirst().rejected();
        }
        assertThat(limit.current()).isOne();
    }

    @Test
    void aFailureOfAnotherKindChangesNothing() {
        grow();

        begin(8).forEach(ConcurrencyLimit.Call::failed);

        assertThat(limit.current()).isEqualTo(8);
    }

    @Test
    void aCallEndsOnce() {
        grow();
        ConcurrencyLimit.Call call = begin(1).getFirst();

        call.failed();
        call.rejected();

        assertThat(limit.current()).isEqualTo(8);
    }

    @Test
    void noPlaceIsNoLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConcurrencyLimit(0));
    }

    @Property(tries = 200)
    void itStaysBetweenOneAndTheHighest(
            @ForAll @IntRange(min = 1, max = 6) int highest, @ForAll List<@IntRange(min = 0, max = 2) Integer> ends) {
        ConcurrencyLimit any = new ConcurrencyLimit(highest);
        for (int end : ends) {
            ConcurrencyLimit.Call call = any.begin();
            switch (end) {
                case 0 -> call.succeeded();
                case 1 -> call.rejected();
                default -> call.failed();
            }
            assertThat(any.current()).isBetween(1, highest);
        }
    }

    private void grow() {
        while (limit.current() < 8) {
            begin(limit.current()).forEach(ConcurrencyLimit.Call::succeeded);
        }
    }

    private List<ConcurrencyLimit.Call> begin(int calls) {
        List<ConcurrencyLimit.Call> begun = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            begun.add(limit.begin());
        }
        return begun;
    }
}
