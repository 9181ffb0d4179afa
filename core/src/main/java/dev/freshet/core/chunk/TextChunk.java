package dev.freshet.core.chunk;

import java.util.List;

/**
 * A part of a document's text.
 *
 * @param headingPath the headings above the chunk, outermost first; not those inside it
 * @param start offset of the first character, in UTF-16 code units
 * @param end offset after the last character
 * @param tokens of the text alone
 */
public record TextChunk(List<String> headingPath, int start, int end, String text, int tokens, ChunkParts parts) {}
