package dev.freshet.local.dlq;

import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Misuse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Dead letters as a user names them. */
final class Handles {
    /** More at once need a yes. */
    static final int MOST_WITHOUT_YES = 100;

    private Handles() {}

    static Handle parse(@Nullable CommandSpec command, String text) {
        return Handle.parse(text)
                .orElseThrow(() -> Misuse.of(
                        command, "'" + text + "' names no dead letter; freshet dlq list prints handles such as 0@17"));
    }

    /** All of them, each once. */
    static List<Handle> parse(@Nullable CommandSpec command, List<String> texts) {
        Set<Handle> handles = new LinkedHashSet<>();
        texts.forEach(text -> handles.add(parse(command, text)));
        return new ArrayList<>(handles);
    }

    static Letter require(DeadLetters letters, Handle handle) throws IOException {
        return letters.find(handle).orElseThrow(() -> new StackException("there is no dead letter " + handle));
    }

    /** Refuses to touch many letters at once without a yes. */
    static void check(@Nullable CommandSpec command, long count, boolean yes) {
        if (count > MOST_WITHOUT_YES && !yes) {
            throw Misuse.of(command, "this concerns %,d dead letters; say --yes to go on".formatted(count));
        }
    }
}
