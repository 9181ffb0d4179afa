package dev.freshet.core.evaluation;

/** A document that a query retrieved, and the score that it got. */
public record ScoredDocument(String id, double score) {}
