package dev.freshet.ingest.inflight;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One subtask of an asynchronous stage. The test's thread is the task's: mails run when the test says so. */
public final class InFlightHarness<I, O> implements AutoCloseable {
    static final int KEY_GROUPS = 16;
    private static final InFlightLimits LIMITS = new InFlightLimits(10, 1 << 20);

    private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

    private InFlightHarness(
            InFlightFunction<I, ?, O> function,
            InFlightLimits limits,
            @Nullable WaitingLimits waiting,
            Class<I> type,
            KeySelector<I, String> key,
            int subtasks,
            int subtask)
            throws Exception {
        InFlightOperator<I, ?, O> operator =
                new InFlightOperator<>("harness", function, TypeInformation.of(type), limits, waiting);
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                operator, key, Types.STRING, KEY_GROUPS, subtasks, subtask);
        operator.setMailboxExecutor(new MailboxExecutorImpl(
                harness.getTaskMailbox(), TaskMailbox.MIN_PRIORITY, StreamTaskActionExecutor.IMMEDIATE));
    }

    public static <I, O> InFlightHarness<I, O> open(
            InFlightFunction<I, ?, O> function, Class<I> type, KeySelector<I, String> key) throws Exception {
        return open(function, LIMITS, type, key);
    }

    static <I, O> InFlightHarness<I, O> open(
            InFlightFunction<I, ?, O> function, InFlightLimits limits, Class<I> type, KeySelector<I, String> key)
            throws Exception {
        return start(function, limits, null, type, key, 1, 0, null, 0, new HashMapStateBackend());
    }

    /**
     * One subtask of a job, restored from the state that all subtasks of an earlier one had, or new.
     *
     * @param millis since 1970, what the clock says
     */
    static <I, O> InFlightHarness<I, O> start(
            InFlightFunction<I, ?, O> function,
            InFlightLimits limits,
            @Nullable WaitingLimits waiting,
            Class<I> type,
            KeySelector<I, String> key,
            int subtasks,
            int subtask,
            @Nullable List<OperatorSubtaskState> states,
            long millis,
            StateBackend backend)
            throws Exception {
        InFlightHarness<I, O> started = new InFlightHarness<>(function, limits, waiting, type, key, subtasks, subtask);
        started.harness.setStateBackend(backend);
        started.harness.setProcessingTime(millis);
        if (states != null) {
            OperatorSubtaskState all =
                    AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));
            started.harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    all, KEY_GROUPS, states.size(), subtasks, subtask));
        }
        started.harness.open();
        return started;
    }

    /** One subtask of a job that was restored from the state that a single one had. */
    static <I, O> InFlightHarness<I, O> restore(
            OperatorSubtaskState state,
            InFlightFunction<I, ?, O> function,
            Class<I> type,
            KeySelector<I, String> key,
            int subtasks,
            int subtask)
            throws Exception {
        return start(
                function, LIMITS, null, type, key, subtasks, subtask, List.of(state), 0, new HashMapStateBackend());
    }

    public void element(I element) throws Exception {
        harness.processElement(element, 0);
    }

    void watermark(Watermark watermark) throws Exception {
        harness.processWatermark(watermark);
    }

    List<Watermark> watermarks() {
        return harness.getOutput().stream()
                .filter(Watermark.class::isInstance)
                .map(Watermark.class::cast)
                .toList();
    }

    /** Runs mails until so much has come out. */
    public List<O> awaitOutput(int count) {
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
            runMails();
            return harness.extractOutputValues().size() >= count;
        });
        return output();
    }

    /** Runs what the task's thread has to do. */
    void runMails() throws Exception {
        var mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        while (mail.isPresent()) {
            Mail next = mail.get();
            next.run();
            mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        }
    }

    /** Moves the clock, in milliseconds since 1970, and runs the timers that are due. */
    void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
        runMails();
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, TimeUnit.SECONDS.toMillis(checkpoint));
    }

    public void endInput() throws Exception {
        harness.endInput();
    }

    public List<O> output() {
        return harness.extractOutputValues();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
