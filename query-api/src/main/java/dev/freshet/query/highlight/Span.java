package dev.freshet.query.highlight;

/**
 * A part of a text.
 *
 * @param start offset of the first character, in UTF-16 code units
 * @param end offset after the last character
 */
public record Span(int start, int end) {}
