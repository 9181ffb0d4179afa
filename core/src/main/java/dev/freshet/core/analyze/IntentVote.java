package dev.freshet.core.analyze;

import dev.freshet.core.analyze.Reading.Hit;
import dev.freshet.core.analyze.Rule.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up the weights of the rules that speak for each intent. */
final class IntentVote {
    private static final int LEAST = 2;
    /** Of those with the same weight, the first. */
    private static final List<Intent> ORDER =
            List.of(Intent.FACTUAL, Intent.TROUBLESHOOTING, Intent.PROCEDURAL, Intent.NAVIGATIONAL);

    private final Map<Intent, Integer> weights = new EnumMap<>(Intent.class);
    private final Map<Intent, List<String>> reasons = new EnumMap<>(Intent.class);
    private final BitSet counted = new BitSet();

    void add(Hit hit, boolean begins) {
        Rule rule = hit.rule();
        String how = rule.place() == Place.BEGINS || begins
                ? "begins with"
                : rule.place() == Place.TITLE_END ? "is a title that ends with" : "has";
        add(rule, "%s '%s'".formatted(how, rule.wording()));
    }

    void add(Rule rule, QueryShape shape) {
        add(rule, (shape == QueryShape.LONE_IDENTIFIER ? "is " : "has ") + shape.label());
    }

    private void add(Rule rule, String reason) {
        if (counted.get(rule.line())) {
            return;
        }
        counted.set(rule.line());
        Intent intent = rule.verdict().intent();
        weights.merge(intent, rule.weight(), Integer::sum);
        reasons.computeIfAbsent(intent, none -> new ArrayList<>()).add(reason);
    }

    Intent winner() {
        Intent winner = Intent.FACTUAL;
        int most = 0;
        for (Intent intent : ORDER) {
            int weight = weights.getOrDefault(intent, 0);
            if (weight >= LEAST && weight > most) {
                winner = intent;
                most = weight;
            }
        }
        return winner;
    }

    String reason() {
        List<String> spoke = reasons.getOrDefault(winner(), List.of());
        return "%s: %s"
                .formatted(
                        winner().label(),
                        spoke.isEmpty() ? "nothing speaks for another intent" : String.join(", ", spoke));
    }
}
