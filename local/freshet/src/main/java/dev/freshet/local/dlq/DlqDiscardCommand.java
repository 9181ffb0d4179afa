package dev.freshet.local.dlq;

import dev.freshet.core.document.Resolution;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.topic.TopicWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Marks dead letters as dealt with. */
@Command(name = "discard", description = "Mark dead letters as dealt with: nothing is to be done about them.")
final class DlqDiscardCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Parameters(arity = "1..*", paramLabel = "HANDLE", description = "As dlq list prints them: partition@offset.")
    private List<String> handles = new ArrayList<>();

    @Option(names = "--yes", description = "Also where more than 100 dead letters are concerned.")
    private boolean yes;

    DlqDiscardCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        List<Handle> wanted = Handles.parse(spec, handles);
        Handles.check(spec, wanted.size(), yes);
        String bootstrapServers = kafka.in(workspace);
        try (DeadLetters letters = new DeadLetters(bootstrapServers)) {
            for (Handle handle : wanted) {
                Handles.require(letters, handle);
            }
        }
        try (TopicWriter writer = new TopicWriter(bootstrapServers)) {
            DeadLetters.resolve(writer, wanted, DeadLetters.now(Resolution.Action.DISCARDED));
        }
        workspace.terminal().line(String.format(Locale.ROOT, "Discarded %,d dead letters.", wanted.size()));
        return 0;
    }
}
