package dev.freshet.local.stack;

import java.nio.file.Path;

/**
 * One process of the stack as it is now.
 *
 * @param component which one
 * @param state what it does
 * @param pid id of its process, -1 when there is none
 * @param restarts how often it was started again after it had died
 * @param message why it is not healthy, for people; empty when it is
 * @param log its log
 */
public record ComponentStatus(Component component, State state, long pid, int restarts, String message, Path log) {

    /** What a component does. */
    public enum State {
        /** Not started yet: it needs another one first. */
        WAITING,
        /** Runs, but never answered yet. */
        STARTING,
        HEALTHY,
        /** Runs, but does not answer any more. */
        UNHEALTHY,
        /** Died; will be started again. */
        RESTARTING,
        /** Died too often. */
        FAILED,
        STOPPED
    }
}
