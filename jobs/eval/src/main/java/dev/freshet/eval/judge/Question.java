package dev.freshet.eval.judge;

import java.util.Map;

/**
 * A judged query, to be asked in one mode.
 *
 * @param mode of the search, as the query API calls it
 * @param grades by document id
 */
public record Question(String mode, String queryId, String text, Map<String, Integer> grades) {}
