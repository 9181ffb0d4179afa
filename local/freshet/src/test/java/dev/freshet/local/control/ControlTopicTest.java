package dev.freshet.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.envelope.ControlJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlTopicTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyCommandHasAnIdOfItsOwnThatTheSchemaAllows(Kind kind) {
        ControlCommand first = ControlTopic.command(kind, "acme", List.of("acme/a"), TIME);
        ControlCommand second = ControlTopic.command(kind, "acme", List.of("acme/a"), TIME);

        assertThat(first.id()).matches("[a-z0-9-]{1,64}").isNotEqualTo(second.id());
        assertThat(ControlJson.read(ControlJson.write(first))).isEqualTo(first);
    }
}
