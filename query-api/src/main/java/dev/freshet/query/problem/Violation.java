package dev.freshet.query.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer to the value, as a JSON Pointer (RFC 6901); empty for the whole body
 * @param detail what is wrong and what would be right; never the value itself
 */
public record Violation(String pointer, String detail) {}
