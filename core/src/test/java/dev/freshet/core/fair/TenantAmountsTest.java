package dev.freshet.core.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantAmountsTest {
    @Test
    void everyTenantHasItsNumberAndTheStarIsForTheOthers() {
        TenantAmounts amounts = TenantAmounts.parse(List.of("acme=3", "a=b=2", " globex = 4 ", "*=7"), 1);

        assertThat(amounts.of("acme")).isEqualTo(3);
        assertThat(amounts.of("a=b")).isEqualTo(2);
        assertThat(amounts.of("globex")).isEqualTo(4);
        assertThat(amounts.of("initech")).isEqualTo(7);
        assertThat(amounts.areSame()).isFalse();
        assertThat(amounts.all(amount -> amount > 2)).isFalse();
        assertThat(amounts.all(amount -> amount > 1)).isTrue();
    }

    @Test
    void withoutAStarTheOthersHaveTheDefault() {
        assertThat(TenantAmounts.parse(List.of(), 1)).isEqualTo(TenantAmounts.same(1));
        assertThat(TenantAmounts.parse(List.of("acme=3"), 1).of("globex")).isEqualTo(1);
        assertThat(TenantAmounts.same(1).areSame()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "=3", "acme=", "acme=-1", "acme=1.5", "acme=1234567890123456789"})
    void whatIsNoNumberOfATenantIsRefused(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantAmounts.parse(List.of(entry), 1))
                .withMessageContaining(entry);
    }

    @Test
    void aTenantHasOneNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantAmounts.parse(List.of("a=1", "a=2"), 1))
                .withMessageContaining("'a' stands there twice");
    }
}
