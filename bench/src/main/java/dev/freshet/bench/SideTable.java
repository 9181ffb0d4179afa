package dev.freshet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The measured rounds of one kind of work, by side, as a table. */
final class SideTable {
    private final String work;
    private final String unit;
    private final Map<String, List<SideRound>> rounds = new LinkedHashMap<>();

    SideTable(String work, String unit) {
        this.work = work;
        this.unit = unit;
    }

    void add(Side side, SideRound round) {
        rounds.computeIfAbsent(side.name(), absent -> new ArrayList<>()).add(round);
    }

    /** The first side is the one that the others are compared with. */
    void print(List<Side> sides) {
        System.out.printf("%n%s; median (least–greatest)%n", work);
        row("", sides, Side::name);
        row(unit + "/s", sides, side -> spread(side, SideRound::changesPerSecond, "%.1f"));
        row("processor ms each", sides, side -> spread(side, SideRound::cpuMillisOfAChange, "%.1f"));
        row("tokens embedded", sides, side -> spread(side, SideRound::tokens, "%,.0f"));
        row("tokens embedded/s", sides, side -> spread(side, SideRound::tokensPerSecond, "%,.0f"));
        row("tokens of a chunk", sides, side -> spread(side, SideRound::tokensOfAChunk, "%.1f"));
        row("chunks in the index", sides, side -> spread(side, SideRound::indexed, "%,.0f"));
        row("– more than there should be", sides, side -> spread(side, SideRound::surplus, "%,.0f"));
        Side first = sides.getFirst();
        row(first.name() + ": times as fast", sides, side -> ratios(first, side));
    }

    /** Turn by turn, how much faster the one is than the other. */
    String ratios(Side one, Side other) {
        List<SideRound> faster = of(one);
        List<SideRound> slower = of(other);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < faster.size(); i++) {
            ratios.add(faster.get(i).changesPerSecond() / slower.get(i).changesPerSecond());
        }
        return Spread.of(ratios).text("%.2f");
    }

    private String spread(Side side, ToDoubleFunction<SideRound> value, String format) {
        return Spread.of(of(side).stream().map(value::applyAsDouble).toList()).text(format);
    }

    private List<SideRound> of(Side side) {
        return rounds.getOrDefault(side.name(), List.of());
    }

    private interface Cell {
        String of(Side side);
    }

    private static void row(String name, List<Side> sides, Cell cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", name));
        sides.forEach(side -> line.append(String.format(Locale.ROOT, "%-34s", cell.of(side))));
        System.out.println(line.toString().stripTrailing());
    }
}
