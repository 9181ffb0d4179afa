package dev.freshet.core.analyze;

import dev.freshet.core.analyze.Reading.Hit;
import dev.freshet.core.analyze.Rule.Matter;
import dev.freshet.core.analyze.Rule.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Takes parts of a query as other wordings of it: each side of a comparison and each of several questions, the query without the words
 * that make it a question, what it names literally, and its words without those that are in every text. In this order, always the same
 * for the same query, and none longer than it.
 */
public final class RuleRewriter implements QueryRewriter {
    private final RuleTable rules = RuleTable.BUILT_IN;

    @Override
    public CompletableFuture<List<String>> rewrite(String query, QueryAnalysis analysis, int most) {
        return CompletableFuture.completedFuture(wordings(query, analysis, most));
    }

    /** The same, without a future around it. */
    public List<String> wordings(String query, QueryAnalysis analysis, int most) {
        Wordings wordings = new Wordings(query, most, query.length());
        QueryWords words = QueryWords.of(query, Identifiers.of(query).spans());
        Reading reading = new Reading(rules, words);
        Question question = new Question(rules, words, reading);
        List<Clause> sides = sides(words, reading);
        for (int i = 0; i < sides.size() && !wordings.isFull(); i++) {
            wordings.add(question.withoutLead(sides.get(i).from(), sides.get(i).to()));
        }
        if (!wordings.isFull()) {
            wordings.add(question.withoutLead(0, words.count()));
            wordings.add(literals(words, analysis));
            wordings.add(contentWords(words, reading.first()));
        }
        return wordings.all();
    }

    /** Each of several questions, or what is compared; nothing of a query that is one question. */
    private List<Clause> sides(QueryWords words, Reading reading) {
        List<Clause> questions = Clause.questions(words, rules);
        if (questions.size() > 1) {
            return questions;
        }
        List<Hit> hits = reading.hits(Matter.COMPLEXITY);
        for (Place place : List.of(Place.JOINS, Place.BEFORE, Place.BETWEEN)) {
            for (Hit hit : hits) {
                if (hit.rule().place() == place) {
                    return sides(words, reading, hit);
                }
            }
        }
        return List.of();
    }

    private List<Clause> sides(QueryWords words, Reading reading, Hit hit) {
        Clause clause = Clause.around(words, rules, hit.word());
        return switch (hit.rule().place()) {
            // The question word belongs to the second question.
            case JOINS -> pair(0, hit.word(), hit.word() + 1, words.count());
            case BEFORE -> {
                int side = reading.sideAfter(hit.end());
                yield pair(hit.end(), side, side + 1, Math.max(side + 1, clause.to()));
            }
            default -> pair(clause.from(), hit.word(), hit.end(), Math.max(hit.end(), clause.to()));
        };
    }

    private static List<Clause> pair(int from, int to, int from2, int to2) {
        return List.of(new Clause(from, to, false), new Clause(from2, to2, false));
    }

    /** Identifiers and phrases, where there are other words beside them; an identifier inside a phrase is there already. */
    private static String literals(QueryWords words, QueryAnalysis analysis) {
        int others = wordsBesideIdentifiers(words);
        List<String> literals = new ArrayList<>();
        for (String phrase : analysis.phrases()) {
            literals.add(phrase);
            others -= wordsBesideIdentifiers(
                    QueryWords.of(phrase, Identifiers.of(phrase).spans()));
        }
        for (String identifier : analysis.identifiers()) {
            if (analysis.phrases().stream().noneMatch(phrase -> phrase.contains(identifier))) {
                literals.add(identifier);
            }
        }
        return others > 0 ? String.join(" ", literals) : "";
    }

    private static int wordsBesideIdentifiers(QueryWords words) {
        return (int) IntStream.range(0, words.count())
                .filter(word -> !words.isLiteral(word))
                .count();
    }

    private String contentWords(QueryWords words, int from) {
        String language = language(words);
        StringBuilder content = new StringBuilder();
        for (int word = from; word < words.count(); word++) {
            if (!rules.isOf(language, words.text(word)) || isName(words.original(word), word > from)) {
                content.append(content.isEmpty() ? "" : " ").append(words.original(word));
            }
        }
        return content.toString();
    }

    /** IT is no pronoun, and A of "plan A" no article. */
    private static boolean isName(String word, boolean inside) {
        boolean capitals = word.chars().allMatch(Character::isUpperCase);
        return capitals && (word.length() > 1 || (inside && !word.equals("I")));
    }

    /** Whose words without content are most of the query's; English where none are. */
    private String language(QueryWords words) {
        String language = "";
        long most = -1;
        for (String stop : rules.groupsOf("stop-")) {
            long count = IntStream.range(0, words.count())
                    .filter(word -> rules.isOf(stop, words.text(word)))
                    .count();
            if (count > most) {
                language = stop;
                most = count;
            }
        }
        return language;
    }
}
