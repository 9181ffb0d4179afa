package dev.freshet.ingest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.index.IndexGenerations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The two stages that call the index: before a rebuild and after it. */
class SwitchStageTest {
    private static final Map<String, IndexGenerations> INDICES = new ConcurrentHashMap<>();
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final String name = UUID.randomUUID().toString();

    @Test
    void aRebuildGetsIndicesBeforeAnythingIsWrittenAlsoWhenTheIndexIsAwayForAWhile() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(2));
        try (var stage = harness(ControlCommand.class, new GenerationStage(factory()))) {
            stage.processElement(Commands.of(Kind.REBUILD, "r"), 0);
            stage.processElement(Commands.of(Kind.REPAIR, "s"), 0);
            stage.endInput();

            List<ControlCommand> commands = stage.extractOutputValues();
            assertThat(commands).extracting(ControlCommand::kind).containsExactly(Kind.REBUILD, Kind.REPAIR);
            assertThat(commands.getFirst().generation()).startsWith("r-");
            assertThat(commands.getLast().generation()).isNull();
            assertThat(generations.index.switchTo(
                            String.valueOf(commands.getFirst().generation())))
                    .isTrue();
        }
    }

    @Test
    void aCommandThatIsCarriedOutAgainGetsOtherIndices() throws Exception {
        named(new UnreliableGenerations(0));
        try (var stage = harness(ControlCommand.class, new GenerationStage(factory()))) {
            stage.processElement(Commands.of(Kind.REBUILD, "r"), 0);
            stage.processElement(Commands.of(Kind.REBUILD, "r"), 0);
            stage.endInput();

            assertThat(stage.extractOutputValues())
                    .extracting(ControlCommand::generation)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aWrittenGenerationIsSwitchedToAlsoWhenTheIndexIsAwayForAWhile() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(3));
        generations.index.begin("r-1");
        try (var stage = harness(WrittenGeneration.class, new SwitchStage(factory(), FOR_EVER))) {
            stage.processElement(new WrittenGeneration("r", "r-1"), 0);
            stage.endInput();

            assertThat(generations.index.searchedGeneration()).isEqualTo("r-1");
            assertThat(stage.extractOutputValues()).singleElement().satisfies(said -> {
                assertThat(said.kind()).isEqualTo(Kind.REBUILT);
                assertThat(said.id()).isEqualTo("r");
                assertThat(said.generation()).isEqualTo("r-1");
            });
            assertThat(generations.index.retired()).containsExactly("first");
        }
    }

    @Test
    void aSwitchThatIsAskedForAgainAfterACrashIsSaidAgain() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(0));
        generations.index.begin("r-1");
        generations.index.switchTo("r-1");
        try (var stage = harness(WrittenGeneration.class, new SwitchStage(factory(), FOR_EVER))) {
            stage.processElement(new WrittenGeneration("r", "r-1"), 0);
            stage.endInput();

            assertThat(stage.extractOutputValues())
                    .extracting(ControlCommand::kind)
                    .containsExactly(Kind.REBUILT);
        }
    }

    @Test
    void aRebuildWhoseIndicesWereLostIsAbandoned() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(0));
        try (var stage = harness(WrittenGeneration.class, new SwitchStage(factory(), FOR_EVER))) {
            stage.processElement(new WrittenGeneration("r", "r-1"), 0);
            stage.endInput();

            assertThat(stage.extractOutputValues())
                    .extracting(ControlCommand::kind)
                    .containsExactly(Kind.ABANDONED);
            assertThat(generations.index.searchedGeneration()).isEqualTo("first");
        }
    }

    @Test
    void whatWasSearchedBeforeIsDeletedAfterTheGrace() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(0));
        generations.index.begin("r-1");
        try (var stage = harness(WrittenGeneration.class, new SwitchStage(factory(), Duration.ofMillis(1)))) {
            stage.processElement(new WrittenGeneration("r", "r-1"), 0);
            stage.endInput();

            Awaitility.await().until(() -> generations.index.retired().isEmpty());
        }
    }

    @Test
    void whatWasToBeDeletedWhenTheJobStoppedIsDeletedByTheNextOne() throws Exception {
        UnreliableGenerations generations = named(new UnreliableGenerations(1));
        generations.index.begin("r-1");
        generations.index.switchTo("r-1");
        try (var stage = harness(WrittenGeneration.class, new SwitchStage(factory(), Duration.ofMillis(1)))) {
            Awaitility.await().until(() -> generations.index.retired().isEmpty());
            assertThat(stage.extractOutputValues()).isEmpty();
        }
    }

    private UnreliableGenerations named(UnreliableGenerations generations) {
        INDICES.put(name, generations);
        return generations;
    }

    private IndexGenerationsFactory factory() {
        String index = name;
        return () -> Objects.requireNonNull(INDICES.get(index));
    }

    private static <I, O> OneInputStreamOperatorTestHarness<I, O> harness(Class<I> in, AsyncFunction<I, O> function)
            throws Exception {
        OneInputStreamOperatorTestHarness<I, O> harness = new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(function, 0, 10, AsyncDataStream.OutputMode.ORDERED),
                TypeInformation.of(in).createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }
}
