package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReliabilityMatrixTest {
    @Test
    void everyFaultOfTheMatrixHasATest() throws Exception {
        assertThat(ReliabilityMatrix.withoutTest(Path.of("..").toAbsolutePath().normalize()))
                .isEmpty();
    }
}
