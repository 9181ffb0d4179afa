package dev.freshet.ingest.inflight;

/** What a stage has of the task that runs it. */
interface TaskThread {
    /** Something to be done on the task's thread. */
    interface Mail {
        void run() throws Exception;
    }

    /** What its clock says, in milliseconds since 1970. */
    long now();

    /** Has this done soon; from any thread. */
    void later(Mail mail);

    /** Has this done when the clock says so, in milliseconds since 1970. */
    void at(long millis, Mail mail);
}
