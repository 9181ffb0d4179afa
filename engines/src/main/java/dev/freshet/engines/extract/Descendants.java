package dev.freshet.engines.extract;

import java.util.List;

/** Ends processes with all that they have started: the system lets those live on. */
final class Descendants {
    private Descendants() {}

    /** Ends the process, and what it has started, and what that has. */
    static void end(ProcessHandle process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends what this process has started. */
    static void endOwn() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
