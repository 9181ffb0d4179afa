package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void freePortsAreDifferentAndFree() {
        Ports ports = Ports.free();
        List<Integer> all = List.of(
                ports.openSearch(),
                ports.kafka(),
                ports.kafkaController(),
                ports.flink(),
                ports.flinkRpc(),
                ports.api());
        assertThat(all).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void everyPortOfAComponentCanBeChanged() {
        Ports ports = Ports.defaults();
        assertThat(ports.optionsOf(Component.KAFKA))
                .containsEntry("--kafka-port", 9092)
                .containsEntry("--kafka-controller-port", 9093);
        assertThat(ports.optionsOf(Component.TASKMANAGER)).isEmpty();
    }
}
