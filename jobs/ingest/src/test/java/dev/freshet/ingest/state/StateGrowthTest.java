package dev.freshet.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State only grows: what any earlier shape wrote is read by the classes of today.
 *
 * <p>When a record in state gets a component, default it in the record, add the next shape to {@link StateShapes}, say what the
 * earlier ones read as, and write the files of the new one; those of the old ones stay as they are:
 *
 * <pre>mvn test -pl jobs/ingest -am -Dtest=StateGrowthTest -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.writeState=v3</pre>
 */
class StateGrowthTest {
    private static final Path FILES = Path.of("src", "test", "resources", "state");

    static Stream<Arguments> everyValueOfEveryShape() {
        return StateShapes.ALL.entrySet().stream()
                .flatMap(shape -> shape.getValue().keySet().stream().map(value -> Arguments.of(shape.getKey(), value)));
    }

    @ParameterizedTest
    @MethodSource("everyValueOfEveryShape")
    void whatAnEarlierShapeWroteIsRead(String shape, String name) throws IOException {
        Object expected = value(shape, name);

        StateFile<Object> file = StateFile.read(file(shape, name), expected);

        assertThat(file.compatibility().isIncompatible()).isFalse();
        assertThat(file.value()).usingRecursiveComparison().isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("everyValueOfEveryShape")
    void theNewestShapeIsThatOfToday(String shape, String name) throws IOException {
        StateFile<Object> file = StateFile.read(file(shape, name), value(shape, name));

        assertThat(file.compatibility().isCompatibleAsIs() || !shape.equals(StateShapes.NEWEST))
                .as("a record in state has grown since %s: write the files of the next shape, as the class says", shape)
                .isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = "freshet.writeState", matches = "v[0-9]+")
    void writeTheFilesOfAShape() throws IOException {
        String shape = System.getProperty("freshet.writeState");
        Files.createDirectories(FILES.resolve(shape));
        for (Map.Entry<String, Object> entry :
                Objects.requireNonNull(StateShapes.ALL.get(shape), shape).entrySet()) {
            StateFile.write(file(shape, entry.getKey()), entry.getValue());
        }
    }

    private static Object value(String shape, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(StateShapes.ALL.get(shape)).get(name));
    }

    private static Path file(String shape, String name) {
        return FILES.resolve(shape).resolve(name + ".bin");
    }
}
