package dev.freshet.bench;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One measured round of embedding, alone or as part of the pipeline. */
record IngestRound(long tokens, double seconds, CpuSeconds cpu) {
    /**
     * Measures work.
     *
     * @param cpu tells the processor time until now of all that takes part
     * @param work returns the tokens that were embedded
     */
    static IngestRound of(Supplier<CpuSeconds> cpu, LongSupplier work) {
        CpuSeconds before = cpu.get();
        long start = System.nanoTime();
        long tokens = work.getAsLong();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new IngestRound(tokens, seconds, cpu.get().since(before));
    }

    double tokensPerSecond() {
        return tokens / seconds;
    }

    /** Processor seconds for a million tokens. */
    double cpuOf(String name) {
        return cpu.of(name) * 1e6 / tokens;
    }

    /** Processor seconds of all processes for a million tokens. */
    double cpuOfAll() {
        return cpu.total() * 1e6 / tokens;
    }
}
