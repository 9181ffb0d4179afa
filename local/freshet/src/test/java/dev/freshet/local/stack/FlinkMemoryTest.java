package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The flags of Flink's JVMs are sums of what its configuration says; nothing else keeps them equal. */
class FlinkMemoryTest {

    private final Path folder = Project.around(Path.of("")).flinkConfiguration();
    private Map<String, String> configuration = Map.of();

    @BeforeEach
    void read() throws Exception {
        configuration = flatten(Files.readAllLines(folder.resolve("config.yaml")));
    }

    @Test
    void taskManager() throws Exception {
        String memory = "taskmanager.memory.";
        assertThat(flags("taskmanager.jvm"))
                .contains(
                        "-Xmx" + (mebibytes(memory + "framework.heap.size") + mebibytes(memory + "task.heap.size"))
                                + "m",
                        "-XX:MaxDirectMemorySize="
                                + (mebibytes(memory + "framework.off-heap.size")
                                        + mebibytes(memory + "task.off-heap.size")
                                        + mebibytes(memory + "network.max"))
                                + "m",
                        "-XX:MaxMetaspaceSize=" + mebibytes(memory + "jvm-metaspace.size") + "m");
        assertThat(configuration.get(memory + "network.min")).isEqualTo(configuration.get(memory + "network.max"));
    }

    @Test
    void jobManager() throws Exception {
        assertThat(flags("jobmanager.jvm")).contains("-Xmx" + mebibytes("jobmanager.memory.heap.size") + "m");
    }

    private List<String> flags(String file) throws Exception {
        return Files.readAllLines(folder.resolve(file));
    }

    private int mebibytes(String key) {
        String value = configuration.getOrDefault(key, "0m");
        return Integer.parseInt(value.substring(0, value.length() - 1));
    }

    private static Map<String, String> flatten(List<String> yaml) {
        Map<String, String> flat = new HashMap<>();
        Deque<String> path = new ArrayDeque<>();
        for (String line : yaml) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int depth = line.indexOf(text) / 2;
            while (path.size() > depth) {
                path.removeLast();
            }
            int colon = text.indexOf(':');
            path.addLast(text.substring(0, colon));
            if (colon < text.length() - 1) {
                flat.put(String.join(".", path), text.substring(colon + 1).strip());
            }
        }
        return flat;
    }
}
