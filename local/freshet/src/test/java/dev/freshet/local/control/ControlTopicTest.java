package dev.freshet.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.envelope.ControlJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlTopicTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REBUILD", "REPAIR", "PAUSE", "RESUME", "APPROVE", "DISCARD"})
    void everyCommandHasAnIdOfItsOwnThatTheSchemaAllows(Kind kind) {
        ControlCommand first = ControlTopic.command(kind, "acme", List.of("acme/a"), TIME);
        ControlCommand second = ControlTopic.command(kind, "acme", List.of("acme/a"), TIME);

        assertThat(first.id()).matches("[a-z0-9-]{1,64}").isNotEqualTo(second.id());
        assertThat(ControlJson.read(ControlJson.write(first))).isEqualTo(first);
    }

    @Test
    void onlyAnotherWordAboutTheSameRebuildIsAnAnswer() {
        assertThat(ControlTopic.answer(record(Kind.REBUILT, "mine"), "mine")).hasValue(Kind.REBUILT);
        assertThat(ControlTopic.answer(record(Kind.REBUILT, "other"), "mine")).isEmpty();
        assertThat(ControlTopic.answer(record(Kind.REBUILD, "mine"), "mine")).isEmpty();
        assertThat(ControlTopic.answer(record("no command".getBytes(StandardCharsets.UTF_8)), "mine"))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(Kind kind, String id) {
        return record(ControlJson.write(new ControlCommand(kind, id, TIME, null, List.of())));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>("control", 0, 1, new byte[0], value);
    }
}
