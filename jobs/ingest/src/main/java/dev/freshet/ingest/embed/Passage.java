package dev.freshet.ingest.embed;

/**
 * The text that stands for a chunk, on its way to the embedder.
 *
 * @param tokens of the chunk, about as many as of the text
 * @param live whether it goes before those that are not
 */
record Passage(String text, int tokens, boolean live) {}
