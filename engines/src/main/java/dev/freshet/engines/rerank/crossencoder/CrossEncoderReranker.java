package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.EncoderThreads;
import dev.freshet.engines.embedding.ModelTokenizer;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.Tokens;
import dev.freshet.engines.rerank.crossencoder.PairQueue.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores with a cross-encoder that runs in this process, on threads of its own. Scores are the model's own: larger for better, on any
 * scale. Of a call, the passages that its tokens do not reach are not scored; a call that is not done within its budget has no scores.
 */
public final class CrossEncoderReranker implements Reranker {
    /** Its name in profiles and responses. */
    public static final String NAME = "cross_encoder";

    private static final Logger LOG = LoggerFactory.getLogger(CrossEncoderReranker.class);
    private static final String CLOSED = "the cross-encoder is closed";

    private final ModelTokenizer tokenizer;
    private final PairModel model;
    private final CrossEncoderOptions options;
    private final int batchTokens;
    private final PairQueue queue;
    private final EncoderThreads threads;
    /** Threads that are at work, or about to be. */
    private final AtomicInteger atWork = new AtomicInteger();

    private final AtomicLong calls = new AtomicLong();
    private final Map<Long, RerankCall> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param batchTokens most tokens of a call of the model, padding included; 0: every pair has a call of its own */
    CrossEncoderReranker(ModelTokenizer tokenizer, PairModel model, CrossEncoderOptions options, int batchTokens) {
        this.tokenizer = tokenizer;
        this.model = model;
        this.options = options;
        this.batchTokens = batchTokens;
        this.queue = new PairQueue(options.maxWaitingPairs(), batchTokens);
        this.threads = new EncoderThreads(NAME, options.threads());
    }

    /**
     * Opens a cross-encoder and tries it; first downloads it, where the options say so and it is not there yet.
     *
     * @throws RerankerMisconfiguredException with what is wrong with its files, or why they could not be had
     */
    public static CrossEncoderReranker open(CrossEncoderOptions options) {
        return ExportedCrossEncoder.open(options);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<RerankOutcome> rerank(RerankQuery query, List<RerankPassage> passages, Duration budget) {
        if (passages.isEmpty()) {
            return CompletableFuture.completedFuture(new Scored(new double[0]));
        }
        if (!budget.isPositive()) {
            return CompletableFuture.completedFuture(
                    new Failed(Kind.TIMEOUT, "no time was left for the cross-encoder"));
        }
        RerankCall call = new RerankCall(query.text(), List.copyOf(passages), budget);
        long number = calls.incrementAndGet();
        open.put(number, call);
        var unused = call.outcome().whenComplete((outcome, failure) -> open.remove(number));
        if (closed) {
            call.fail(Kind.UNAVAILABLE, CLOSED);
        } else if (!call.isOver() && !queue.add(call)) {
            call.fail(
                    Kind.UNAVAILABLE,
                    "the cross-encoder has too much to do: %d pairs wait, and no more may"
                            .formatted(options.maxWaitingPairs()));
        }
        putToWork();
        return call.outcome();
    }

    /** Has as many threads at work as there is work for. */
    private void putToWork() {
        while (!closed && !queue.isEmpty()) {
            int now = atWork.get();
            if (now >= options.threads()) {
                return;
            }
            if (atWork.compareAndSet(now, now + 1)) {
                var unused = threads.submit(this::doNext);
            }
        }
    }

    /** One piece of work for each task: then calls that came in the meantime are next. */
    private boolean doNext() {
        try {
            switch (queue.next()) {
                case Work.Tokenize(RerankCall call) -> tokenize(call);
                case Work.Score(List<WaitingPair> pairs) -> score(pairs);
                case Work.None() -> {}
            }
        } finally {
            atWork.decrementAndGet();
            putToWork();
        }
        return true;
    }

    private void tokenize(RerankCall call) {
        try {
            List<WaitingPair> pairs = pairs(call);
            call.expect(pairs.size());
            queue.add(pairs);
        } catch (RuntimeException | Error e) {
            // Whatever it was, nobody must wait for it.
            LOG.warn(
                    "Texts could not be read by the cross-encoder: {}",
                    e.getClass().getName());
            call.fail(Kind.UNAVAILABLE, "the texts could not be made tokens of");
        }
    }

    private List<WaitingPair> pairs(RerankCall call) {
        List<WaitingPair> pairs = new ArrayList<>();
        int tokensLeft = options.maxTokensPerRequest();
        for (int passage = 0; passage < call.passages().size() && !call.isOver(); passage++) {
            Tokens tokens =
                    tokenizer.pair(call.query(), call.passages().get(passage).text());
            tokensLeft -= tokens.length();
            if (tokensLeft < 0) {
                break;
            }
            pairs.add(new WaitingPair(call, passage, tokens));
        }
        return pairs;
    }

    private void score(List<WaitingPair> pairs) {
        try {
            double[] scores =
                    model.score(pairs.stream().map(WaitingPair::tokens).toList());
            for (int i = 0; i < scores.length; i++) {
                pairs.get(i).call().scored(pairs.get(i).passage(), scores[i]);
            }
        } catch (EncoderFailure e) {
            fail(pairs, "the cross-encoder failed: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.warn("Cross-encoder failed: {}", e.getClass().getName());
            fail(pairs, "the cross-encoder failed");
        }
    }

    private static void fail(List<WaitingPair> pairs, String reason) {
        pairs.forEach(pair -> pair.call().fail(Kind.UNAVAILABLE, reason));
    }

    /** Most tokens of a call of the model; 0 where every pair has a call of its own. */
    int batchTokens() {
        return batchTokens;
    }

    /** Tells all who wait that it is closed, waits for the calls of the model that are under way, and frees native memory. */
    @Override
    public void close() {
        closed = true;
        open.values().forEach(call -> call.fail(Kind.UNAVAILABLE, CLOSED));
        threads.close(() -> {
            model.close();
            tokenizer.close();
        });
    }
}
