package dev.freshet.query.input;

import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import dev.freshet.query.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, to say it all at once. */
public final class Violations {
    private final List<Violation> found = new ArrayList<>();

    /**
     * Adds one.
     *
     * @param pointer to the value, as a JSON Pointer
     */
    public void add(String pointer, String detail) {
        found.add(new Violation(pointer, detail));
    }

    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProblemException(Problem.invalid(found));
        }
    }
}
