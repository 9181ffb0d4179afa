package dev.freshet.core.describe;

import dev.freshet.core.chunk.Sentences;
import dev.freshet.core.chunk.TextChunk;
import java.util.List;

/**
 * What is said of a chunk beside its text. It is made once, when the chunk is new, and is no part of the chunk's identity: other
 * rules for it apply to new chunks and rewrite none.
 *
 * @param blockTypes such as {@code heading} or {@code table}, each once, in the order of the text
 * @param sentences in it
 * @param codeLanguage of the first code in it that says so; else empty
 * @param symbol the first class, function or method in it; else empty
 * @param entities such as {@code date:2026-01-31}, {@code version:3.5.0}, {@code identifier:CVE-2026-1234}
 * @param nearDuplicateKeys of which near-duplicates have several in common, as {@link NearDuplicateKeys} says
 */
public record ChunkMetadata(
        List<String> blockTypes,
        int sentences,
        String codeLanguage,
        String symbol,
        List<String> entities,
        List<String> nearDuplicateKeys) {
    /** Of chunks from before there was any. */
    public static final ChunkMetadata NONE = new ChunkMetadata(List.of(), 0, "", "", List.of(), List.of());

    public ChunkMetadata {
        blockTypes = blockTypes == null ? List.of() : blockTypes;
        codeLanguage = codeLanguage == null ? "" : codeLanguage;
        symbol = symbol == null ? "" : symbol;
        entities = entities == null ? List.of() : entities;
        nearDuplicateKeys = nearDuplicateKeys == null ? List.of() : nearDuplicateKeys;
    }

    public static ChunkMetadata of(TextChunk chunk) {
        return new ChunkMetadata(
                chunk.parts().blockTypes(),
                Sentences.count(chunk.text()),
                chunk.parts().codeLanguage(),
                chunk.parts().symbol(),
                Entities.of(chunk.text()),
                NearDuplicateKeys.of(chunk.text()));
    }
}
