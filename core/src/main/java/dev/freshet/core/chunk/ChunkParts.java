package dev.freshet.core.chunk;

import java.util.List;

/**
 * What a chunk is made of.
 *
 * @param blockTypes such as {@code heading} or {@code table}, each once, in the order of the text
 * @param codeLanguage of the first code in it that says so; else empty
 * @param symbol the first class, function or method in it, with those around it: {@code Stack.push}; else empty
 */
public record ChunkParts(List<String> blockTypes, String codeLanguage, String symbol) {
    static final ChunkParts NONE = new ChunkParts(List.of(), "", "");
}
