package dev.freshet.engines.embedding.onnx;

/**
 * What was opened, and where.
 *
 * @param device never {@link Device#AUTO}
 */
public record Chosen<T>(T opened, Device device) {}
