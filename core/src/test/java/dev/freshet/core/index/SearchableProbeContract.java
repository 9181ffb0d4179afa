package dev.freshet.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link SearchableProbe} does. The tests of one class may share an index: each has a tenant of its own. */
public abstract class SearchableProbeContract {
    private final IndexWrites writes = new IndexWrites("t" + UUID.randomUUID());

    protected abstract SearchableProbe probe();

    protected abstract IndexWriter writer();

    /** Makes all acknowledged writes searchable. */
    protected abstract void refresh();

    @Test
    void aChunkHasTheFenceOfItsNewestWrite() throws Exception {
        write(writes.chunk("a", 5, "alpha", null));
        refresh();
        assertThat(fence("a")).hasValue(5);

        write(writes.chunk("a", 9, "alpha again", null));
        refresh();
        assertThat(fence("a")).hasValue(9);
    }

    @Test
    void aDeletedChunkAndOneThatNeverWasAreNotThere() throws Exception {
        write(writes.chunk("a", 5, "alpha", null));
        write(writes.noChunk("a", 6));
        refresh();

        assertThat(fence("a")).isEmpty();
        assertThat(fence("never there/at all?")).isEmpty();
    }

    private void write(IndexWrite write) throws Exception {
        writer().write(List.of(write)).get(30, TimeUnit.SECONDS);
    }

    private OptionalLong fence(String name) throws Exception {
        return probe().searchableFence(writes.id(name)).get(30, TimeUnit.SECONDS);
    }
}
