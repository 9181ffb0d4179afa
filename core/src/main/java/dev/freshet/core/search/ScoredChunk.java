package dev.freshet.core.search;

/** A chunk with the score of the leg that found it. */
public record ScoredChunk(FoundChunk chunk, double score) {}
