package dev.freshet.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final List<String> closed = new ArrayList<>();
    private final Leases<Integer, String> leases = new Leases<>(key -> "thing " + key, closed::add);

    @Test
    void leasesOfAKeyShareOneThingUntilTheLastIsClosed() {
        var one = leases.lease(1);
        var same = leases.lease(1);
        var other = leases.lease(2);
        assertThat(one.value()).isSameAs(same.value()).isNotEqualTo(other.value());
        assertThat(one.sharesWith(same)).isTrue();
        assertThat(one.sharesWith(other)).isFalse();

        one.close();
        one.close();
        assertThat(closed).isEmpty();
        assertThat(one.isClosed()).isTrue();
        assertThat(same.isClosed()).isFalse();

        same.close();
        assertThat(closed).containsExactly("thing 1");
        assertThat(leases.lease(1).value()).isEqualTo("thing 1").isNotSameAs(one.value());
    }

    @Test
    void whatCannotBeOpenedIsLeasedToNobody() {
        List<Integer> tried = new ArrayList<>();
        Leases<Integer, String> broken = new Leases<>(key -> {
            tried.add(key);
            throw new IllegalStateException("broken by the test");
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> broken.lease(1)).hasMessage("broken by the test");
        }
        assertThat(tried).hasSize(2);
    }
}
