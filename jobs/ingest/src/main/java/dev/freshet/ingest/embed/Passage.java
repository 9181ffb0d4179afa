package dev.freshet.ingest.embed;

/**
 * The text that stands for a chunk, on its way to the embedder.
 *
 * @param tokens of the chunk, about as many as of the text
 */
record Passage(String text, int tokens) {}
