package dev.freshet.query.search;

import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.rank.Cursor;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.text.ContentHash;
import dev.freshet.query.access.Caller;
import dev.freshet.query.input.Violations;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The pages of an answer after the first: their hits were chosen with it, and are read as they are now, by those who may still see them. */
final class Pages {
    private final ChunkReader reader;

    Pages(ChunkReader reader) {
        this.reader = reader;
    }

    /** Equal for searches of which one can go on with the cursor of another: all that decides hits and their order, and who asks. */
    static String fingerprint(Caller caller, SearchRequest request, RankingProfile profile) {
        return ContentHash.begin()
                .add(caller.tenant())
                .add(caller.principals(), caller.principals().size())
                .add(profile.label())
                .add(request.query())
                .add(request.mode().label())
                .add(request.strategy().label())
                .add(request.groupBy().label())
                .add(request.language())
                .add(request.choices().toString())
                .add(request.filters().toString())
                .end();
    }

    /**
     * The next hits.
     *
     * @throws ProblemException when the cursor is of another search, or the index does not answer
     */
    Searcher.Page next(Searcher.Asked asked, Cursor cursor, Running running) {
        if (!cursor.search().equals(asked.fingerprint())) {
            Violations violations = new Violations();
            violations.add(
                    "/cursor",
                    "The cursor is of another search, or of another ranking profile than is active now: search again without it.");
            violations.throwIfAny();
        }
        List<Ranked> hits = new ArrayList<>();
        int taken = 0;
        int k = asked.request().k();
        while (hits.size() < k && taken < cursor.entries().size()) {
            int end = Math.min(cursor.entries().size(), taken + k - hits.size());
            List<Cursor.Entry> entries = cursor.entries().subList(taken, end);
            Map<String, FoundChunk> chunks = read(asked, entries, running);
            for (Cursor.Entry entry : entries) {
                FoundChunk chunk = chunks.get(entry.chunkId());
                if (chunk != null) {
                    hits.add(cursor.hit(
                            entry, chunk, asked.plan().recipe().fusion().normalisation()));
                }
            }
            taken = end;
        }
        running.timings().end(Stage.RETRIEVE);
        return new Searcher.Page(
                cursor.rank(),
                hits,
                cursor.summary(),
                cursor.total(),
                Degradation.known(cursor.degraded()),
                cursor.after(taken, hits.size()));
    }

    private Map<String, FoundChunk> read(Searcher.Asked asked, List<Cursor.Entry> entries, Running running) {
        try {
            return running.deadline()
                    .await(reader.chunks(
                            asked.visibility(),
                            entries.stream().map(Cursor.Entry::chunkId).toList()));
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(
                    Problem.unavailable("search-unavailable", "The index does not answer now; try again."), e);
        }
    }
}
