package dev.freshet.local.terminal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command that was called wrongly: one line for the user, and status 2. */
public final class Misuse {

    private Misuse() {}

    /**
     * The exception to throw.
     *
     * @param command what picocli has put into the field annotated with {@code @Spec}
     */
    public static ParameterException of(@Nullable CommandSpec command, String message) {
        return new ParameterException(
                Objects.requireNonNull(command, "set by picocli").commandLine(), message);
    }
}
