package dev.freshet.ingest.materialize;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One subtask of the stage, whose mails run when the test says so. */
final class MaterializeHarness implements AutoCloseable {
    static final int KEY_GROUPS = 16;

    private final KeyedTwoInputStreamOperatorTestHarness<String, EmbeddedRevision, ControlCommand, IndexUpdate> harness;
    private int read;

    private MaterializeHarness(int subtasks, int subtask) throws Exception {
        MaterializeStage stage = new MaterializeStage();
        harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                stage, revision -> revision.revision().key().path(), null, Types.STRING, KEY_GROUPS, subtasks, subtask);
        stage.setMailboxExecutor(new MailboxExecutorImpl(
                harness.getTaskMailbox(), TaskMailbox.MIN_PRIORITY, StreamTaskActionExecutor.IMMEDIATE));
    }

    static MaterializeHarness open() throws Exception {
        return open(null);
    }

    static MaterializeHarness open(@Nullable StateBackend backend) throws Exception {
        MaterializeHarness opened = new MaterializeHarness(1, 0);
        if (backend != null) {
            opened.harness.setStateBackend(backend);
        }
        opened.harness.open();
        return opened;
    }

    /** One subtask of a job that was restored from the state that a single one had. */
    static MaterializeHarness restore(OperatorSubtaskState state, long checkpoint, int subtasks, int subtask)
            throws Exception {
        MaterializeHarness restored = new MaterializeHarness(subtasks, subtask);
        restored.harness.setRestoredCheckpointId(checkpoint);
        restored.harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(state, KEY_GROUPS, 1, subtasks, subtask));
        restored.harness.open();
        return restored;
    }

    void change(EmbeddedRevision revision) throws Exception {
        harness.processElement1(revision, 0);
    }

    void changes(List<EmbeddedRevision> revisions) throws Exception {
        for (EmbeddedRevision revision : revisions) {
            change(revision);
        }
    }

    void rebuild(String id, String generation) throws Exception {
        command(Kind.REBUILD, id, generation);
    }

    void command(Kind kind, String id, String generation) throws Exception {
        harness.processElement2(new ControlCommand(kind, id, Revisions.TIME, null, List.of()).of(generation), 0);
    }

    void repair(String... documents) throws Exception {
        harness.processElement2(new ControlCommand(Kind.REPAIR, "r", Revisions.TIME, null, List.of(documents)), 0);
    }

    /** Runs the next mail, if there is one. */
    boolean runMail() throws Exception {
        Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        if (mail.isPresent()) {
            mail.get().run();
        }
        return mail.isPresent();
    }

    void runAllMails() throws Exception {
        boolean more = true;
        while (more) {
            more = runMail();
        }
    }

    void finish() throws Exception {
        harness.getOperator().finish();
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, 0);
    }

    /** What has come out since the last call. */
    List<IndexUpdate> updates() {
        List<IndexUpdate> all = harness.extractOutputValues();
        List<IndexUpdate> fresh = new ArrayList<>(all.subList(read, all.size()));
        read = all.size();
        return fresh;
    }

    static List<String> documents(List<IndexUpdate> updates) {
        return updates.stream()
                .filter(update -> update.marker() == null)
                .map(update -> update.subject().documentId())
                .toList();
    }

    static List<String> texts(IndexUpdate update) {
        return update.puts().stream().map(ChunkDocument::text).toList();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
