package dev.freshet.ingest.rebuild;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets searches reach a generation that was written, says so, and deletes the indices before it a while later. */
public final class SwitchStage extends RichAsyncFunction<WrittenGeneration, ControlCommand> {
    public static final String NAME = "rebuild-switch";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SwitchStage.class);

    private final IndexGenerationsFactory factory;
    private final Duration grace;
    private transient PatientGenerations generations;

    /**
     * Creates the stage.
     *
     * @param grace from a switch to the deletion of what was searched before: longer than any search
     */
    public SwitchStage(IndexGenerationsFactory factory, Duration grace) {
        this.factory = factory;
        this.grace = grace;
    }

    @Override
    public void open(OpenContext context) {
        generations = new PatientGenerations(factory.open());
        // What was to be deleted when the job stopped.
        generations.deleteRetired(grace);
    }

    @Override
    public void asyncInvoke(WrittenGeneration written, ResultFuture<ControlCommand> result) {
        var unused = generations
                .call("switch to the generation " + written.generation(), index -> index.switchTo(written.generation()))
                .whenComplete((switched, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                        return;
                    }
                    generations.deleteRetired(grace);
                    result.complete(List.of(ended(written, switched)));
                });
    }

    private static ControlCommand ended(WrittenGeneration written, boolean switched) {
        if (switched) {
            LOG.info("The index was rebuilt: rebuild={} generation={}", written.rebuild(), written.generation());
        } else {
            LOG.error(
                    "A rebuild was abandoned, because its indices were lost; ask for one with another id: rebuild={} generation={}",
                    written.rebuild(),
                    written.generation());
        }
        Kind kind = switched ? Kind.REBUILT : Kind.ABANDONED;
        return new ControlCommand(kind, written.rebuild(), Instant.now(), null, List.of()).of(written.generation());
    }

    @Override
    public void close() {
        if (generations != null) {
            generations.close();
        }
    }
}
