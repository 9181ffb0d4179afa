package dev.freshet.ingest.inflight;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.AbstractRichFunction;
import org.apache.flink.util.Collector;

/**
 * What an asynchronous stage does with an element: it begins on the task's thread, goes on elsewhere, and ends on the task's thread. At
 * both ends the keyed state is that of the element.
 *
 * @param <I> elements that come in
 * @param <R> what becomes of them meanwhile
 * @param <O> elements that go out
 */
public abstract class InFlightFunction<I, R, O> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** Estimates the memory of an element, with all that is made for it. */
    public abstract long bytes(I element);

    /** What the element asks for, where elements wait their turn. */
    public Claim claim(I element) {
        return Claim.NONE;
    }

    /** How many of the tokens that an element claims were used for it. */
    public long used(R result) {
        return 0;
    }

    /** Begins the work; never blocks. A failure ends this attempt of the job. */
    public abstract CompletableFuture<R> begin(I element) throws Exception;

    /** Ends the work. Elements of a key end in the order in which they came. */
    public abstract void end(I element, R result, Collector<O> out) throws Exception;

    /** Whether nothing in flight ends before something comes back that is away; asked on the task's thread. */
    public boolean isStalled() {
        return false;
    }

    /** Whether an element begins only when those of its key that came before it have ended. */
    public boolean oneAtATime() {
        return false;
    }

    /** Whether an element ends only behind all that came before it, of any key. Such an element is not kept in a checkpoint. */
    public boolean isBehindAll(I element) {
        return false;
    }

    /** Ends an element that was behind all; the keyed state is of no key. */
    public void endBehindAll(I element, Collector<O> out) {
        throw new UnsupportedOperationException("no element is behind all");
    }
}
