package dev.freshet.core.revision;

/**
 * One chunk's place in its document.
 *
 * @param chunkId identity in the index: of tenant, document, chunk hash and occurrence
 * @param chunkHash of the exact text that is embedded; equal for equal chunks of a document
 * @param start offset of the first character in the document's text, in UTF-16 code units
 * @param end offset after the last character
 */
public record ChunkPlacement(String chunkId, String chunkHash, int start, int end) {}
