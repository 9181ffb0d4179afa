package dev.freshet.local;

import dev.freshet.local.stack.StackException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Listed here for the help; {@code bin/freshet} runs it before anything is built. */
@Command(name = "test", description = "Build everything and run all tests (mvn -B verify).")
final class TestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new StackException("run it as: bin/freshet test");
    }
}
