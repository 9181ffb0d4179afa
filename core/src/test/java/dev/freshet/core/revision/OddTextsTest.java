package dev.freshet.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.reliability.Survives;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.core.text.MatchingText;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever characters a document has: citations point into the text that is shown, and texts are compared without what nobody sees. */
class OddTextsTest {
    private static final ContentDefinedChunker CHUNKER =
            new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(3, 9));

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.strings()
                .withChars("abc é\u0301\u200b\u202e\u00ad\ufeff\u0000\u0007\ud800字\n\r#")
                .ofMaxLength(12);
        return words.list().ofMaxSize(60).map(list -> String.join(" ", list));
    }

    @Property
    @Survives({"B7", "B9"})
    void everyChunkLiesInTheStoredTextWhereItSays(@ForAll("texts") String written) {
        String stored = CanonicalText.of(written);

        List<TextChunk> chunks = CHUNKER.chunk("text/markdown", stored);
        ChunkedText chunked = ChunkedText.of(new DocumentKey("acme", "a"), null, chunks, Set.of());

        for (TextChunk chunk : chunks) {
            assertThat(stored.substring(chunk.start(), chunk.end())).isEqualTo(chunk.text());
        }
        assertThat(chunks.stream().map(TextChunk::text).reduce("", String::concat))
                .isEqualTo(chunks.isEmpty() ? "" : stored);
        assertThat(chunked.added())
                .allSatisfy(
                        chunk -> assertThat(chunk.embeddedText().codePoints().noneMatch(MatchingText::isIgnorable))
                                .isTrue());
    }
}
