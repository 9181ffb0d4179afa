package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The measured rounds of one size of chunks: each of the encoder alone, followed by one of the whole pipeline. */
final class IngestRounds {
    /** What the pipeline is to reach of its encoder's speed. */
    private static final double GOAL = 0.85;

    private final ChunkSize size;
    private final int texts;
    private final List<IngestRound> encoder = new ArrayList<>();
    private final List<IngestRound> pipeline = new ArrayList<>();

    IngestRounds(ChunkSize size, int texts) {
        this.size = size;
        this.texts = texts;
    }

    void add(IngestRound alone, IngestRound whole) {
        encoder.add(alone);
        pipeline.add(whole);
    }

    void report() {
        System.out.printf(
                "%n%s: %d rounds of %,d tokens in %,d texts; median (least–greatest)%n",
                size, encoder.size(), tokens(), texts);
        line("encoder alone, tokens/s", encoder, IngestRound::tokensPerSecond, "%,.0f");
        line("pipeline, tokens/s", pipeline, IngestRound::tokensPerSecond, "%,.0f");
        System.out.printf("%-28s%s%n", "pipeline / encoder", ratio().text("%.3f"));
        System.out.println("processor seconds for a million tokens");
        line("encoder alone", encoder, IngestRound::cpuOfAll, "%.1f");
        line("pipeline, all processes", pipeline, IngestRound::cpuOfAll, "%.1f");
        for (String name : pipeline.getFirst().cpu().seconds().keySet()) {
            line("  " + name, pipeline, round -> round.cpuOf(name), "%.1f");
        }
        System.out.printf("%-28s%s%n", "encoder / pipeline", cpuRatio().text("%.3f"));
    }

    /** A line for each size: the two ratios, and whether the one by the clock reaches the goal. */
    static void summary(List<IngestRounds> sizes) {
        System.out.printf("%n%-14s%10s  %-24s%-24s%n", "chunks", "tokens", "by the clock", "by processor time");
        for (IngestRounds rounds : sizes) {
            System.out.printf(
                    "%-14s%10.1f  %-24s%-24s%s%n",
                    rounds.size,
                    (double) rounds.tokens() / rounds.texts,
                    rounds.ratio().text("%.3f"),
                    rounds.cpuRatio().text("%.3f"),
                    rounds.ratio().median() >= GOAL ? "reaches " + GOAL : "below " + GOAL);
        }
    }

    private long tokens() {
        return encoder.getFirst().tokens();
    }

    private Spread ratio() {
        return ofPairs(IngestRound::tokensPerSecond, pipeline, encoder);
    }

    private Spread cpuRatio() {
        return ofPairs(IngestRound::cpuOfAll, encoder, pipeline);
    }

    private static Spread ofPairs(
            ToDoubleFunction<IngestRound> value, List<IngestRound> above, List<IngestRound> below) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            ratios.add(value.applyAsDouble(above.get(i)) / value.applyAsDouble(below.get(i)));
        }
        return Spread.of(ratios);
    }

    private static void line(
            String name, List<IngestRound> rounds, ToDoubleFunction<IngestRound> value, String format) {
        Spread spread = Spread.of(rounds.stream().map(value::applyAsDouble).toList());
        System.out.printf("%-28s%s%n", name, spread.text(format));
    }
}
