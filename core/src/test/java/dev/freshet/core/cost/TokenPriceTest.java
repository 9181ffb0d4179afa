package dev.freshet.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenPriceTest {
    @Test
    void moneyIsTokensTimesPrice() {
        assertThat(new TokenPrice(0.02, "USD").of(1_500_000)).isEqualTo(0.03);
        assertThat(TokenPrice.NONE.of(1_500_000)).isZero();
        assertThat(TokenPrice.NONE.isKnown()).isFalse();
    }
}
