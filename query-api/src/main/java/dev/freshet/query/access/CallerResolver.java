package dev.freshet.query.access;

import io.javalin.http.Context;

/** Finds out who calls. Every endpoint that touches documents asks it first. */
@FunctionalInterface
public interface CallerResolver {
    /**
     * The caller of the request.
     *
     * @throws dev.freshet.query.problem.ProblemException when the request does not say who calls, or says it wrongly
     */
    Caller resolve(Context ctx);
}
