package dev.freshet.engines.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "redis://host,host,6379,0,false",
        "redis://host/,host,6379,0,false",
        "redis://host:7000/3,host,7000,3,false",
        "rediss://host:6380/15,host,6380,15,true"
    })
    void theUrlSaysHostPortDatabaseAndTls(String url, String host, int port, int database, boolean tls) {
        RedisOptions options = options(url, null, null, null);

        assertThat(options.problems()).isEmpty();
        assertThat(options.host()).isEqualTo(host);
        assertThat(options.port()).isEqualTo(port);
        assertThat(options.database()).isEqualTo(database);
        assertThat(options.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:6379",
                "http://host",
                "redis://",
                "redis://host/x",
                "redis://host/1/2",
                "redis://host?db=1",
                "redis://host:0",
                "redis://host:99999",
                "redis://ho st"
            })
    void whatIsNoAddressIsSaid(String url) {
        assertThat(options(url, null, null, null).problems())
                .singleElement()
                .asString()
                .contains("--memo-redis must be redis://");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        assertThat(options("redis://user:hunter2@host", null, null, null).problems())
                .singleElement()
                .asString()
                .contains("--memo-redis-password-file")
                .doesNotContain("hunter2");
    }

    @Test
    void userAndPasswordBelongTogether() {
        assertThat(options("redis://host", "user", null, null).problems())
                .singleElement()
                .asString()
                .contains("--memo-redis-user needs");
        assertThat(options("redis://host", null, "file", "VARIABLE").problems())
                .singleElement()
                .asString()
                .contains("exclude each other");
    }

    @Test
    void thePasswordIsReadWhereItIsNeeded(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");

        assertThat(options("redis://host", null, file.toString(), null).password())
                .isEqualTo("secret");
        assertThat(options("redis://host", null, null, null).password()).isNull();
        assertThatThrownBy(() -> options("redis://host", null, null, "FRESHET_NO_SUCH_VARIABLE")
                        .password())
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContaining("FRESHET_NO_SUCH_VARIABLE");
        assertThatThrownBy(() ->
                        options("redis://host", null, folder + "/none", null).password())
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContaining("none");
    }

    private static RedisOptions options(
            String url, @Nullable String user, @Nullable String file, @Nullable String variable) {
        return new RedisOptions(url, user, file, variable, "p:", Duration.ofDays(1), Duration.ofMillis(100));
    }
}
