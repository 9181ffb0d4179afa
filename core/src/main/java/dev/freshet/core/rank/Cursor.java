package dev.freshet.core.rank;

import dev.freshet.core.fuse.Normalisation;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rest of an answer, to be given page by page: which chunks come next, and what their scores came from. The client keeps it, so the
 * pages of an answer are the same whatever happens to the index or the process: no hit comes twice, none is skipped but those that are gone.
 *
 * @param search of what it is the rest; another search cannot go on with it
 * @param rank of the next hit
 * @param degraded stages that were skipped
 * @param total as far as it was counted
 */
public record Cursor(
        String search,
        int rank,
        RankingSummary summary,
        List<String> degraded,
        @Nullable HitCount total,
        List<Entry> entries) {
    public Cursor {
        degraded = List.copyOf(degraded);
        entries = List.copyOf(entries);
    }

    /**
     * A hit to come.
     *
     * @param reranked {@link Double#NaN} where the reranker did not look at it
     */
    public record Entry(
            String chunkId,
            List<RankingSummary.Heard> heard,
            double freshness,
            double reranked,
            List<String> duplicates) {

        static Entry of(Ranked ranked, List<String> lists) {
            List<RankingSummary.Heard> heard = ranked.numbers().lists().entrySet().stream()
                    .map(list -> new RankingSummary.Heard(
                            lists.indexOf(list.getKey()),
                            list.getValue().rank(),
                            list.getValue().score()))
                    .toList();
            return new Entry(
                    ranked.chunk().chunkId(),
                    heard,
                    ranked.numbers().freshness(),
                    ranked.numbers().reranked(),
                    ranked.duplicates());
        }
    }

    /** The rest behind some hits. */
    public static Cursor of(
            String search,
            int rank,
            RankingSummary summary,
            List<String> degraded,
            @Nullable HitCount total,
            List<Ranked> rest) {
        List<String> lists = summary.lists().stream().map(list -> list.name()).toList();
        return new Cursor(
                search,
                rank,
                summary,
                degraded,
                total,
                rest.stream().map(ranked -> Entry.of(ranked, lists)).toList());
    }

    /** The hit that an entry is, with the chunk as it is now. */
    public Ranked hit(Entry entry, FoundChunk chunk, Normalisation normalisation) {
        RankingSummary.Scored scored =
                summary.scored(normalisation, entry.heard(), entry.freshness(), entry.reranked());
        return new Ranked(chunk, scored.score(), scored.numbers(), entry.duplicates());
    }

    /** The rest behind so many entries; null where there is none. */
    public @Nullable Cursor after(int count, int hits) {
        return count >= entries.size()
                ? null
                : new Cursor(search, rank + hits, summary, degraded, total, entries.subList(count, entries.size()));
    }

    /** As text of letters, digits, '-' and '_'. */
    public String text() {
        return CursorBytes.write(this);
    }

    /** Reads what {@link #text} wrote; empty where it is none, or was damaged. */
    public static Optional<Cursor> read(String text) {
        return CursorBytes.read(text);
    }
}
