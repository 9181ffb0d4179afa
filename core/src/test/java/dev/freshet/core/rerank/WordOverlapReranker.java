package dev.freshet.core.rerank;

import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scores by the share of the query's words that a passage has; late, or not at all, when a test says so. */
public final class WordOverlapReranker implements Reranker {
    private final String name;
    private final Map<Integer, CompletableFuture<RerankOutcome>> open = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable Failed failure;
    private volatile boolean closed;

    public WordOverlapReranker() {
        this("word_overlap");
    }

    /** @param name that it goes by, so that it can stand for another one */
    public WordOverlapReranker(String name) {
        this.name = name;
    }

    /** Answers every later call so long after it came. */
    public WordOverlapReranker delayed(Duration newDelay) {
        delay = newDelay;
        return this;
    }

    /** Fails every later call; with null, no longer. */
    public WordOverlapReranker failing(@Nullable Kind kind) {
        failure = kind == null ? null : new Failed(kind, "the test wants it so");
        return this;
    }

    /** How often it was called. */
    public int calls() {
        return calls.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<RerankOutcome> rerank(RerankQuery query, List<RerankPassage> passages, Duration budget) {
        int number = calls.incrementAndGet();
        if (passages.isEmpty()) {
            return CompletableFuture.completedFuture(new Scored(new double[0]));
        }
        Failed late = new Failed(Kind.TIMEOUT, "no answer within %s".formatted(budget));
        if (!budget.isPositive()) {
            return CompletableFuture.completedFuture(late);
        }
        Failed wanted = failure;
        RerankOutcome outcome = wanted == null ? scored(query, passages) : wanted;
        if (delay.isZero()) {
            return CompletableFuture.completedFuture(closed ? closedOutcome() : outcome);
        }
        return later(number, outcome, late, budget);
    }

    private CompletableFuture<RerankOutcome> later(int number, RerankOutcome outcome, Failed late, Duration budget) {
        CompletableFuture<RerankOutcome> answer = new CompletableFuture<>();
        open.put(number, answer);
        var unused = answer.whenComplete((done, none) -> open.remove(number));
        boolean inTime = delay.compareTo(budget) < 0;
        answer.completeOnTimeout(inTime ? outcome : late, (inTime ? delay : budget).toNanos(), TimeUnit.NANOSECONDS);
        if (closed) {
            answer.complete(closedOutcome());
        }
        return answer;
    }

    private static Scored scored(RerankQuery query, List<RerankPassage> passages) {
        Set<String> wanted = words(query.text());
        return new Scored(passages.stream()
                .mapToDouble(passage -> {
                    Set<String> shared = words(passage.text());
                    shared.retainAll(wanted);
                    return wanted.isEmpty() ? 0 : (double) shared.size() / wanted.size();
                })
                .toArray());
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Failed closedOutcome() {
        return new Failed(Kind.UNAVAILABLE, "it is closed");
    }

    @Override
    public void close() {
        closed = true;
        open.values().forEach(answer -> answer.complete(closedOutcome()));
    }
}
