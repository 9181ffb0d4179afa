package dev.freshet.core.chunk;

/** Counts the tokens of a text as a model's tokenizer sees them, without special tokens. Safe for concurrent use. */
@FunctionalInterface
public interface TokenCounter {
    int count(String text);
}
