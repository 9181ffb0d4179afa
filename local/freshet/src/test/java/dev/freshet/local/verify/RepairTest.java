package dev.freshet.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.verify.Difference;
import dev.freshet.core.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RepairTest {
    private final List<List<DocumentKey>> commands = new ArrayList<>();
    private final List<IndexWrite> writes = new ArrayList<>();
    private final Repair repair = new Repair(commands::add, new RecordingWriter());

    @Test
    void documentsAreWrittenAgainInGroupsAndEachOnce() {
        for (int i = 0; i < 1_001; i++) {
            repair.accept(difference(Kind.MISSING_CHUNK, "doc-" + i, "c", false));
            repair.accept(difference(Kind.OTHER_TEXT, "doc-" + i, "d", false));
        }
        repair.finish();

        assertThat(commands).extracting(List::size).containsExactly(500, 500, 1);
        assertThat(repair.done()).isEqualTo(new VerifyReport.Repairs(1_001, 0));
        assertThat(repair.touched()).hasSize(1_001);
        assertThat(writes).isEmpty();
    }

    @Test
    void orphansAreRemovedUnderTheVersionThatWasSeen() {
        repair.accept(difference(Kind.ORPHAN_CHUNK, "doc", "stray", false));
        repair.finish();

        assertThat(writes).containsExactly(new IndexWrite.DeleteChunk("stray", 7));
        assertThat(commands).isEmpty();
        assertThat(repair.done()).isEqualTo(new VerifyReport.Repairs(0, 1));
    }

    @Test
    void whatMayBeOnItsWayAndWarningsAreLeftAlone() {
        repair.accept(difference(Kind.MISSING_DOCUMENT, "doc", "", true));
        repair.accept(difference(Kind.ORPHAN_CHUNK, "doc", "stray", true));
        repair.accept(difference(Kind.WITHOUT_VECTOR, "doc", "c", false));
        repair.finish();

        assertThat(commands).isEmpty();
        assertThat(writes).isEmpty();
        assertThat(repair.touched()).isEmpty();
    }

    @Test
    void tooManyToBeLookedUpAreNotRemembered() {
        for (int i = 0; i < 6_000; i++) {
            repair.accept(difference(Kind.MISSING_DOCUMENT, "doc-" + i, "", false));
        }
        repair.finish();

        assertThat(repair.touched()).isNull();
        assertThat(repair.done().documents()).isEqualTo(6_000);
    }

    private static Difference difference(Kind kind, String id, String chunk, boolean unsettled) {
        return new Difference(kind, new DocumentKey("acme", id), chunk, 7, "is different", unsettled);
    }

    private final class RecordingWriter implements IndexWriter {
        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> some) {
            writes.addAll(some);
            return CompletableFuture.completedFuture(Collections.nCopies(some.size(), new WriteOutcome.Written()));
        }

        @Override
        public void close() {}
    }
}
