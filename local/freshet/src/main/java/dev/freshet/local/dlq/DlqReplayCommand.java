package dev.freshet.local.dlq;

import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Misuse;
import dev.freshet.local.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes records to their topic again. */
@Command(
        name = "replay",
        description = "Write records again to the topic from which they came, after what was wrong is right.")
final class DlqReplayCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Parameters(arity = "0..*", paramLabel = "HANDLE", description = "As dlq list prints them: partition@offset.")
    private List<String> handles = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "CODE", description = "All of this reason that nobody dealt with.")
    private @Nullable String reason;

    @Option(names = "--all-unresolved", description = "All that nobody dealt with.")
    private boolean allUnresolved;

    @Option(names = "--topic", paramLabel = "NAME", description = "Write to this topic instead.")
    private @Nullable String topic;

    @Option(
            names = "--repair",
            description = "Where a letter is about one chunk, let the job write its document to the index again.")
    private boolean repair;

    @Option(names = "--yes", description = "Also where more than 100 dead letters are concerned.")
    private boolean yes;

    DlqReplayCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        int ways = (handles.isEmpty() ? 0 : 1) + (reason == null ? 0 : 1) + (allUnresolved ? 1 : 0);
        if (ways != 1) {
            throw Misuse.of(spec, "give handles, or --reason CODE, or --all-unresolved");
        }
        if (topic != null && !Replay.isTopic(topic)) {
            throw Misuse.of(spec, "--topic takes the name of a topic");
        }
        List<Handle> wanted = Handles.parse(spec, handles);
        Handles.check(spec, wanted.size(), yes);
        String bootstrapServers = kafka.in(workspace);
        try (DeadLetters letters = new DeadLetters(bootstrapServers);
                Replaying replaying = new Replaying(bootstrapServers, topic, repair)) {
            if (wanted.isEmpty()) {
                replayAll(letters, replaying);
            } else {
                replay(wanted, letters, replaying);
            }
            replaying.finish();
            print(replaying);
        }
        return 0;
    }

    private static void replay(List<Handle> wanted, DeadLetters letters, Replaying replaying) throws IOException {
        for (Handle handle : wanted) {
            Handles.require(letters, handle);
        }
        for (Handle handle : wanted) {
            replaying.take(Handles.require(letters, handle));
        }
    }

    private void replayAll(DeadLetters letters, Replaying replaying) throws IOException {
        LetterFilter filter = new LetterFilter(null, reason, null, false);
        AtomicLong count = new AtomicLong();
        letters.read(filter, (letter, resolution) -> count.incrementAndGet());
        Handles.check(spec, count.get(), yes);
        letters.read(filter, (letter, resolution) -> replaying.take(letter));
    }

    private void print(Replaying replaying) {
        Terminal terminal = workspace.terminal();
        terminal.line(String.format(
                Locale.ROOT,
                "Replayed %,d records. What cannot be applied again becomes a new dead letter: freshet dlq list",
                replaying.records()));
        if (replaying.repaired() > 0) {
            terminal.line(
                    String.format(Locale.ROOT, "The job was told to write %,d documents again.", replaying.repaired()));
        }
        if (replaying.chunks() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d letters are about single chunks of changes that were applied: there is no record to replay."
                            + " Their documents can be written again: freshet dlq replay --repair, or freshet verify --repair",
                    replaying.chunks()));
        }
    }
}
