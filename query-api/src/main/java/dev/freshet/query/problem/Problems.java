package dev.freshet.query.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.EndpointNotFound;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into a problem. */
public final class Problems {
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final JsonMapper JSON = new JsonMapper();

    private Problems() {}

    public static void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem()));
        routes.exception(EndpointNotFound.class, (e, ctx) -> answer(ctx, unknownPath()));
        routes.exception(NotFoundResponse.class, (e, ctx) -> answer(ctx, unknownPath()));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> methodNotAllowed(ctx, e));
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> answer(ctx, Problem.ofStatus(e.getStatus(), String.valueOf(e.getMessage()))));
        routes.exception(Exception.class, (e, ctx) -> unexpected(ctx, e));
    }

    /** The problem as JSON. */
    public static byte[] json(Problem problem) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "urn:freshet:problem:" + problem.type());
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("detail", problem.detail());
        if (!problem.errors().isEmpty()) {
            ArrayNode errors = json.putArray("errors");
            problem.errors()
                    .forEach(error ->
                            errors.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(Context ctx, Problem problem) {
        UnreadBody.drain(ctx.req());
        write(ctx, problem);
    }

    private static void write(Context ctx, Problem problem) {
        if (problem.retryAfterSeconds() != null) {
            ctx.header("Retry-After", problem.retryAfterSeconds().toString());
        }
        ctx.status(problem.status()).contentType(CONTENT_TYPE).result(json(problem));
    }

    private static Problem unknownPath() {
        return Problem.notFound("There is no such path; /openapi.json lists those there are.");
    }

    private static void methodNotAllowed(Context ctx, MethodNotAllowedResponse e) {
        String allowed = e.getDetails().getOrDefault("availableMethods", "");
        ctx.header("Allow", allowed);
        answer(ctx, Problem.methodNotAllowed("This path takes " + allowed + "."));
    }

    private static void unexpected(Context ctx, Exception e) {
        String incident = UUID.randomUUID().toString();
        LOG.error("Request failed unexpectedly, incident {}, {} {}", incident, ctx.method(), ctx.endpoint().path, e);
        // What failed may have been the reading.
        write(ctx, Problem.internal(incident));
    }
}
