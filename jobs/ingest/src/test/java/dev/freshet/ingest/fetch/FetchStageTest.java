package dev.freshet.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.deadletter.LettersApart;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FetchStageTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @Test
    void changesStayInOrderThoughTheFirstHasToBeAskedForTwice() throws Exception {
        try (WebServer server = new WebServer()) {
            server.serve(
                    "/a",
                    exchange -> WebServer.answer(exchange, server.asked.size() < 2 ? 503 : 200, new byte[] {'a'}));
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            var fetched = AsyncDataStream.orderedWait(
                            env.fromData(
                                    Fetching.change(new ContentReference(server.url("/a"), null)),
                                    Fetching.change(new ContentReference("file:/etc/passwd", null)),
                                    DocumentChange.delete(
                                            Fetching.KEY, new ChangeOrder(0, 2), Instant.EPOCH, Fetching.RAW)),
                            new FetchStage(Fetching.settings(Duration.ofSeconds(20), server.url("/"))),
                            0,
                            TimeUnit.MILLISECONDS,
                            FetchStage.IN_FLIGHT)
                    .process(new LettersApart());

            try (var changes = fetched.collectAsync();
                    var letters = fetched.getSideOutput(DeadLetters.TAG).collectAsync()) {
                env.execute();

                assertThat(changes)
                        .toIterable()
                        .extracting(DocumentChange::version, DocumentChange::text)
                        .containsExactly(tuple(1L, "a"), tuple(2L, null));
                assertThat(letters)
                        .toIterable()
                        .extracting(DeadLetter::reason)
                        .containsExactly("reference_not_allowed");
            }
        }
    }
}
