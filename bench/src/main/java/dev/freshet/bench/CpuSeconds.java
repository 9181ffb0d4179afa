package dev.freshet.bench;

import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Processor time by process since each of them started; the encoder's threads apart, where the system tells.
 *
 * @param seconds by name, in a fixed order
 */
record CpuSeconds(Map<String, Double> seconds) {
    private static final String ENCODER = "encoder";
    private static final String BENCH = "bench";
    private static final String THREADS_OF_ENCODER = "encoder-";
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;

    /** Of this process alone. */
    static CpuSeconds ofBench() {
        return withEncoderIn(BENCH, ProcessHandle.current().pid());
    }

    /** Of the stack's processes, and of this one, which produces and consumes. */
    static CpuSeconds of(LocalStack stack) {
        CpuSeconds cpu = stack.options().components().contains(Component.TASKMANAGER)
                ? withEncoderIn(Component.TASKMANAGER.id(), stack.pid(Component.TASKMANAGER))
                : new CpuSeconds(new LinkedHashMap<>());
        for (Component component : stack.options().components()) {
            if (component != Component.TASKMANAGER) {
                cpu.seconds.put(component.id(), ofProcess(stack.pid(component)));
            }
        }
        cpu.seconds.put(BENCH, ofProcess(ProcessHandle.current().pid()));
        return cpu;
    }

    CpuSeconds since(CpuSeconds earlier) {
        Map<String, Double> spent = new LinkedHashMap<>();
        seconds.forEach((name, now) -> spent.put(name, now - earlier.of(name)));
        return new CpuSeconds(spent);
    }

    double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    double of(String name) {
        return seconds.getOrDefault(name, 0.0);
    }

    private static CpuSeconds withEncoderIn(String name, long pid) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        double encoder = ofEncoder(pid);
        seconds.put(ENCODER, encoder);
        seconds.put(name, ofProcess(pid) - encoder);
        return new CpuSeconds(seconds);
    }

    /** Of one process. */
    static double ofProcess(long pid) {
        Optional<Duration> cpu =
                ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
        return cpu.map(duration -> duration.toNanos() / 1e9).orElse(0.0);
    }

    private static double ofEncoder(long pid) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        double seconds = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                seconds += ofEncoderThread(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seconds;
    }

    /** As in proc(5): the name in brackets, the state, and then fields of which the 11th and 12th are ticks. */
    private static double ofEncoderThread(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            if (!stat.startsWith(THREADS_OF_ENCODER, stat.indexOf('(') + 1)) {
                return 0;
            }
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            // The thread has ended.
            return 0;
        }
    }
}
