package dev.freshet.query.health;

/** Whether the index can be searched. */
@FunctionalInterface
public interface IndexGate {
    boolean ready();
}
