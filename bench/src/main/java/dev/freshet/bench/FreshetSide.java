package dev.freshet.bench;

import dev.freshet.bench.contender.PageChange;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ingest job of a running stack. Every turn has a tenant and a title of its own: the title is embedded with every chunk, so the job's memory of texts
 * knows none of the turns before.
 */
final class FreshetSide implements Side {
    private static final String MARKDOWN = "text/markdown";

    private final LocalStack stack;
    private final Pipeline pipeline;
    private final Chunker chunker;
    private final SearchableChunks index;
    private final Map<String, Integer> due = new HashMap<>();
    private long version;

    FreshetSide(LocalStack stack, Pipeline pipeline, Chunker chunker) throws IOException {
        this.stack = stack;
        this.pipeline = pipeline;
        this.chunker = chunker;
        this.index = new SearchableChunks(stack);
    }

    @Override
    public String name() {
        return "Freshet";
    }

    @Override
    public SideRound load(int turn, List<PageChange> pages) throws IOException {
        due.clear();
        return replay(turn, pages);
    }

    @Override
    public SideRound replay(int turn, List<PageChange> changes) throws IOException {
        String tenant = "turn-" + turn;
        List<ChangeEnvelope> envelopes = new ArrayList<>();
        for (PageChange change : changes) {
            envelopes.add(envelope(tenant, "Turn " + turn, change));
        }
        CpuSeconds before = CpuSeconds.of(stack);
        long start = System.nanoTime();
        Pipeline.Embedded embedded = pipeline.follow(tenant, envelopes);
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuSeconds spent = CpuSeconds.of(stack).since(before);
        account(changes);
        index.refresh();
        return new SideRound(
                changes.size(),
                seconds,
                embedded.chunks(),
                embedded.tokens(),
                spent.total(),
                index.count(SearchableChunks.ofTenant(tenant)),
                due.values().stream().mapToLong(Integer::longValue).sum());
    }

    private ChangeEnvelope envelope(String tenant, String title, PageChange change) {
        DocumentKey key = new DocumentKey(tenant, change.id());
        ChangeOrder order = new ChangeOrder(0, ++version);
        return change.isDeletion()
                ? ChangeEnvelope.delete(key, order, Instant.EPOCH)
                : ChangeEnvelope.upsert(key, order, Instant.EPOCH, MARKDOWN, change.text())
                        .withTitle(title);
    }

    private void account(List<PageChange> changes) {
        for (PageChange change : changes) {
            if (change.isDeletion()) {
                due.remove(change.id());
            } else {
                due.put(
                        change.id(),
                        chunker.chunk(MARKDOWN, CanonicalText.of(change.text())).size());
            }
        }
    }
}
