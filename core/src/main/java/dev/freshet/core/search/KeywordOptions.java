package dev.freshet.core.search;

import java.util.List;

/**
 * What makes some words of a query count more than their own rarity.
 *
 * @param titleWeight how often a word in the title counts, from 1
 * @param headingWeight how often a word in the headings counts, from 1
 * @param phrases texts whose words should stand together
 * @param phraseBoost what a phrase's own score is multiplied by, from 0
 * @param identifiers that should be there literally
 * @param identifierBoost what an identifier's own score is multiplied by, from 0
 */
public record KeywordOptions(
        double titleWeight,
        double headingWeight,
        List<String> phrases,
        double phraseBoost,
        List<String> identifiers,
        double identifierBoost) {
    /** Every word counts the same. */
    public static final KeywordOptions NONE = new KeywordOptions(1, 1, List.of(), 0, List.of(), 0);

    public KeywordOptions {
        phrases = List.copyOf(phrases);
        identifiers = List.copyOf(identifiers);
    }
}
