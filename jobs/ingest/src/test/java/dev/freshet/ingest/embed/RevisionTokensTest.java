package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionTokensTest {
    @Test
    void aChunkIsReadWithItsTitleAndHeadings() {
        NewChunk alone = new NewChunk("a", null, List.of(), "Some text.", 4, ChunkMetadata.NONE);
        NewChunk under = new NewChunk("b", "Title", List.of("Guide"), "Some text.", 4, ChunkMetadata.NONE);

        assertThat(RevisionTokens.of(adding(alone))).isEqualTo(4 + 2);
        assertThat(RevisionTokens.of(adding(under))).as("24 characters for 10").isEqualTo(10 + 2);
        assertThat(RevisionTokens.of(adding(alone, under))).isEqualTo(18);
    }

    @Test
    void whatAddsNothingNeedsNothingAndWhatAddsAnythingNeedsSomething() {
        assertThat(RevisionTokens.of(adding())).isZero();
        assertThat(RevisionTokens.of(adding(new NewChunk("a", null, List.of(), "", 0, ChunkMetadata.NONE))))
                .isPositive();
    }

    private static Revision adding(NewChunk... chunks) {
        return new Revision(
                "acme",
                "a",
                Operation.UPSERT,
                0,
                1,
                1,
                ChangeReceipt.Outcome.APPLIED,
                Instant.EPOCH,
                null,
                null,
                true,
                List.of(),
                List.of(chunks),
                false,
                new SourcePosition("documents", 0, 0),
                false,
                Priority.LIVE);
    }
}
