package dev.freshet.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.flink.CheckpointProgress.Checkpoint;
import dev.freshet.local.http.CannedService;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointProgressTest {
    private static final String COMPLETED = """
            {"id":26,"status":"COMPLETED","trigger_timestamp":1795177530762,"latest_ack_timestamp":1795177530848,
            "state_size":712874,"checkpointed_size":20480}""";
    private static final Checkpoint LAST = new Checkpoint(
            26, Instant.ofEpochMilli(1795177530762L), Instant.ofEpochMilli(1795177530848L), 712874, 20480);

    @Test
    void failuresAfterTheLastCompletedOneAreCounted() throws Exception {
        assertThat(read(COMPLETED, failed(29)))
                .isEqualTo(new CheckpointProgress(Optional.of(LAST), 3, "Asynchronous task checkpoint failed."));
    }

    @Test
    void failuresBeforeItAreOver() throws Exception {
        assertThat(read(COMPLETED, failed(24))).isEqualTo(new CheckpointProgress(Optional.of(LAST), 0, ""));
    }

    @Test
    void aJobMayFailFromItsFirstCheckpointOn() throws Exception {
        assertThat(read("null", failed(2)))
                .isEqualTo(new CheckpointProgress(Optional.empty(), 2, "Asynchronous task checkpoint failed."));
    }

    @Test
    void thoseBeforeTheCheckpointThatTheJobBeganWithDoNotCount() throws Exception {
        assertThat(read("null", failed(31), "{\"id\":30}"))
                .isEqualTo(new CheckpointProgress(Optional.empty(), 1, "Asynchronous task checkpoint failed."));
    }

    @Test
    void withoutAnyCheckpointThereIsNothingToSay() throws Exception {
        assertThat(read("null", "null")).isEqualTo(new CheckpointProgress(Optional.empty(), 0, ""));
    }

    private static String failed(long id) {
        return """
                {"id":%d,"status":"FAILED","failure_message":"Asynchronous task checkpoint failed."}""".formatted(id);
    }

    private static CheckpointProgress read(String completed, String failed) throws IOException {
        return read(completed, failed, "null");
    }

    private static CheckpointProgress read(String completed, String failed, String restored) throws IOException {
        String body = """
                {"latest":{"completed":%s,"savepoint":null,"failed":%s,"restored":%s}}""".formatted(completed, failed, restored);
        try (CannedService flink = CannedService.answering("/jobs/a1/checkpoints", 200, body)) {
            return new FlinkRest(flink.uri()).checkpoints("a1");
        }
    }
}
