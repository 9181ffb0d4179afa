package dev.freshet.core.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Things of which a process has one for each key, for as long as anybody has a lease on it. Safe for concurrent use.
 *
 * @param <K> with equals and hashCode
 * @param <V> what is shared
 */
public final class Leases<K, V> {
    private static final class Shared<V> {
        final V value;
        int leases;

        Shared(V value) {
            this.value = value;
        }
    }

    private final Function<K, V> opening;
    private final Consumer<V> closing;
    private final Map<K, Shared<V>> open = new HashMap<>();

    /**
     * @param opening makes the thing for the first lease; if it throws, nobody has one
     * @param closing is given the thing when the last lease on it is closed
     */
    public Leases(Function<K, V> opening, Consumer<V> closing) {
        this.opening = opening;
        this.closing = closing;
    }

    /** Of things that need no closing. */
    public Leases(Function<K, V> opening) {
        this(opening, value -> {});
    }

    /** A lease on the thing with this key, which is made if there is none. */
    public synchronized Lease<V> lease(K key) {
        Shared<V> shared = open.get(key);
        if (shared == null) {
            shared = new Shared<>(opening.apply(key));
            open.put(key, shared);
        }
        shared.leases++;
        return new Held(key, shared);
    }

    private synchronized void giveBack(K key, Shared<V> shared) {
        if (--shared.leases == 0) {
            open.remove(key);
            closing.accept(shared.value);
        }
    }

    /** A share in the thing. */
    public interface Lease<V> extends AutoCloseable {
        /** The thing itself, also when the lease is closed. */
        V value();

        boolean isClosed();

        /** Whether the other one is a lease on the very same thing. */
        boolean sharesWith(Lease<V> other);

        /** Gives the share back; further calls do nothing. */
        @Override
        void close();
    }

    private final class Held implements Lease<V> {
        private final K key;
        private final Shared<V> shared;
        private volatile boolean closed;

        private Held(K key, Shared<V> shared) {
            this.key = key;
            this.shared = shared;
        }

        @Override
        public V value() {
            return shared.value;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public boolean sharesWith(Lease<V> other) {
            return other instanceof Leases<?, ?>.Held held && shared == held.shared;
        }

        @Override
        public void close() {
            synchronized (Leases.this) {
                if (!closed) {
                    closed = true;
                    giveBack(key, shared);
                }
            }
        }
    }
}
