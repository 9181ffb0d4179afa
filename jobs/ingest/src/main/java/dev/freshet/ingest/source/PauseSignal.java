package dev.freshet.ingest.source;

import java.io.Serializable;

/** Says whether changes are to be read now. Asked by one thread at a time; closed by another, perhaps while it is asked. */
public interface PauseSignal extends AutoCloseable {
    /** Whether reading is paused; answers within seconds, or throws where it cannot be told. */
    boolean paused() throws Exception;

    @Override
    void close();

    /** Opens the signal where it is asked. */
    @FunctionalInterface
    interface Factory extends Serializable {
        PauseSignal open();
    }
}
