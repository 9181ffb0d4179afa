package dev.freshet.ingest.rebuild;

import dev.freshet.core.control.ControlCommand;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Makes the indices of a rebuild before anything is written to them, and says which they are; other commands pass. */
public final class GenerationStage extends RichAsyncFunction<ControlCommand, ControlCommand> {
    public static final String NAME = "rebuild-generation";
    private static final long serialVersionUID = 1L;

    private final IndexGenerationsFactory factory;
    private transient PatientGenerations generations;

    public GenerationStage(IndexGenerationsFactory factory) {
        this.factory = factory;
    }

    @Override
    public void open(OpenContext context) {
        generations = new PatientGenerations(factory.open());
    }

    @Override
    public void asyncInvoke(ControlCommand command, ResultFuture<ControlCommand> result) {
        if (command.kind() != ControlCommand.Kind.REBUILD) {
            result.complete(List.of(command));
            return;
        }
        String generation = newGeneration(command);
        var unused = generations
                .call("begin the generation " + generation, index -> {
                    index.begin(generation);
                    return command.of(generation);
                })
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        result.complete(List.of(begun));
                    }
                });
    }

    /**
     * Another name whenever the command is carried out: after a restore to before the command, what was written the first time
     * may hold documents that are deleted before the command is seen again.
     */
    private static String newGeneration(ControlCommand command) {
        int random = ThreadLocalRandom.current().nextInt();
        return command.id() + "-" + HexFormat.of().toHexDigits(random);
    }

    @Override
    public void close() {
        if (generations != null) {
            generations.close();
        }
    }
}
