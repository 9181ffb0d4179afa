package dev.freshet.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import org.junit.jupiter.api.Test;

class VectorMemoTest {
    private static final long OF_ONE = 200 + 4 * 100;

    @Test
    void whatIsRememberedIsFoundByItsKey() {
        VectorMemo memo = new VectorMemo(10 * OF_ONE);
        Embedded embedded = embedded();

        memo.put("text", embedded);

        assertThat(memo.get("text")).isSameAs(embedded);
        assertThat(memo.get("other")).isNull();
    }

    @Test
    void whatWasUsedLeastRecentlyIsForgottenFirst() {
        VectorMemo memo = new VectorMemo(2 * OF_ONE);
        memo.put("a", embedded());
        memo.put("b", embedded());
        memo.get("a");

        memo.put("c", embedded());

        assertThat(memo.get("a")).isNotNull();
        assertThat(memo.get("b")).isNull();
        assertThat(memo.get("c")).isNotNull();
        assertThat(memo.bytes()).isEqualTo(2 * OF_ONE);
    }

    @Test
    void theSameTextTakesItsBytesOnce() {
        VectorMemo memo = new VectorMemo(2 * OF_ONE);

        memo.put("a", embedded());
        memo.put("a", embedded());

        assertThat(memo.bytes()).isEqualTo(OF_ONE);
    }

    @Test
    void withoutBytesNothingIsRemembered() {
        VectorMemo memo = new VectorMemo(0);

        memo.put("a", embedded());

        assertThat(memo.get("a")).isNull();
        assertThat(memo.bytes()).isZero();
    }

    private static Embedded embedded() {
        return new Embedded(new float[100], 7);
    }
}
