package dev.freshet.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChangeOrderTest {
    @Property
    void aFenceKeepsTheOrderAndIsNeverNegative(
            @ForAll @LongRange(max = ChangeOrder.EPOCH_LIMIT - 1) long epoch,
            @ForAll @LongRange(max = ChangeOrder.VERSION_LIMIT - 1) long version,
            @ForAll @LongRange(max = ChangeOrder.VERSION_LIMIT - 1) long otherVersion) {
        ChangeOrder order = new ChangeOrder(epoch, version);

        assertThat(ChangeOrder.ofFence(order.fence())).isEqualTo(order);
        assertThat(order.fence()).isNotNegative();
        assertThat(order.compareTo(new ChangeOrder(epoch, otherVersion)))
                .isEqualTo(Long.compare(version, otherVersion));
    }

    @Test
    void theNextEpochComesAfterEveryVersionOfTheOneBefore() {
        assertThat(new ChangeOrder(1, 0)).isGreaterThan(new ChangeOrder(0, ChangeOrder.VERSION_LIMIT - 1));
    }

    @Test
    void aVersionThatWouldBrickTheKeyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChangeOrder(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChangeOrder(0, Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChangeOrder(ChangeOrder.EPOCH_LIMIT, 0));
    }
}
