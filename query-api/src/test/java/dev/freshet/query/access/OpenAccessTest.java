package dev.freshet.query.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAccessTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.5"})
    void loopbackMayBeOpen(String host) {
        assertThatCode(() -> OpenAccess.on(host, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void nothingElseMay(String host) {
        assertThatThrownBy(() -> OpenAccess.on(host, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void aContainerMayWhenItsOperatorVouchesForThePort() {
        assertThatCode(() -> OpenAccess.on("0.0.0.0", true)).doesNotThrowAnyException();
    }
}
