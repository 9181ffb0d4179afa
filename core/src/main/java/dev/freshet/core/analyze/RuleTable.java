package dev.freshet.core.analyze;

import dev.freshet.core.analyze.Rule.Matter;
import dev.freshet.core.analyze.Rule.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table in {@code rules.txt}, which says how it is read, ready to be asked what begins with a word. */
final class RuleTable {
    static final RuleTable BUILT_IN = new RuleTable(resource("/freshet/analyze/rules.txt"));

    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<Matter, Map<String, List<Rule>>> wordings = new EnumMap<>(Matter.class);
    private final Map<QueryShape, Rule> shapes = new EnumMap<>(QueryShape.class);

    /** @throws IllegalStateException naming the line that is not as the table says */
    RuleTable(String table) {
        for (Matter matter : Matter.values()) {
            wordings.put(matter, new HashMap<>());
        }
        List<String> lines = table.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            try {
                read(i + 1, line);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("Line %d of the rules is none: %s".formatted(i + 1, line), e);
            }
        }
        Comparator<Rule> longestFirst =
                Comparator.comparingInt((Rule rule) -> -rule.words().size());
        wordings.values().forEach(map -> map.values().forEach(rules -> rules.sort(longestFirst)));
    }

    private static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(RuleTable.class.getResourceAsStream(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int colon = line.indexOf(':');
        int equals = line.indexOf('=');
        if (equals >= 0 && colon < 0) {
            Set<String> group =
                    groups.computeIfAbsent(line.substring(0, equals).strip(), name -> new LinkedHashSet<>());
            group.addAll(parts(line.substring(equals + 1)));
            return;
        }
        List<String> head = List.of(line.substring(0, Math.max(0, colon)).split(" +", -1));
        if (head.size() < 2) {
            throw new IllegalArgumentException("no verdict and place");
        }
        Rule.Verdict verdict = Rule.Verdict.of(head.getFirst());
        int weight = head.size() > 2 ? Integer.parseInt(head.get(1)) : 1;
        Place place = Place.of(head.getLast());
        for (String wording : parts(line.substring(colon + 1))) {
            add(number, verdict, weight, place, wording);
        }
    }

    private void add(int number, Rule.Verdict verdict, int weight, Place place, String wording) {
        if (place == Place.SHAPE) {
            shapes.put(QueryShape.of(wording), new Rule(number, verdict, weight, place, List.of(wording)));
            return;
        }
        for (String expanded : expanded(wording)) {
            List<String> words = List.of(expanded.split(" ", -1));
            if (words.getFirst().equals(Rule.ANY)) {
                throw new IllegalArgumentException("a wording begins with a word that is known");
            }
            Rule rule = new Rule(number, verdict, weight, place, words);
            wordings.forEach((matter, rules) -> {
                if (verdict.concerns(matter)) {
                    rules.computeIfAbsent(words.getFirst(), first -> new ArrayList<>())
                            .add(rule);
                }
            });
        }
    }

    /** Once for every word of the group that it takes in. */
    private List<String> expanded(String wording) {
        int open = wording.indexOf('<');
        if (open < 0) {
            return List.of(wording);
        }
        int close = wording.indexOf('>', open);
        List<String> all = new ArrayList<>();
        for (String word : group(wording.substring(open + 1, Math.max(open + 1, close)))) {
            all.addAll(expanded(wording.substring(0, open) + word + wording.substring(close + 1)));
        }
        return all;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("\\|", -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("nothing between two bars");
            }
            parts.add(part.strip());
        }
        return parts;
    }

    /** The words of a group. */
    Set<String> group(String name) {
        Set<String> group = groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException("there is no group " + name);
        }
        return group;
    }

    /** Names of the groups that begin so, in the order of the table. */
    List<String> groupsOf(String prefix) {
        return groups.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    boolean isOf(String group, String word) {
        return group(group).contains(word);
    }

    /** The wordings on a matter that begin with a word, longest first. */
    List<Rule> beginningWith(Matter matter, String word) {
        return Objects.requireNonNull(wordings.get(matter)).getOrDefault(word, List.of());
    }

    @Nullable
    Rule ofShape(QueryShape shape) {
        return shapes.get(shape);
    }
}
