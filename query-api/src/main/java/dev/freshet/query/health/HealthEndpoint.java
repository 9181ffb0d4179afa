package dev.freshet.query.health;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code GET /healthz}: this process lives. {@code GET /readyz}: it can serve, so send it requests. */
public final class HealthEndpoint {
    private final IndexGate index;
    private final AtomicBoolean stopping = new AtomicBoolean();

    public HealthEndpoint(IndexGate index) {
        this.index = index;
    }

    public void register(RoutesConfig routes) {
        routes.get("/healthz", ctx -> answer(ctx, 200, "{\"status\":\"up\"}"));
        routes.get("/readyz", this::ready);
    }

    /** From now on no new requests are wanted. */
    public void stopping() {
        stopping.set(true);
    }

    private void ready(Context ctx) {
        if (stopping.get()) {
            answer(ctx, 503, "{\"status\":\"stopping\"}");
            return;
        }
        boolean ready = index.ready();
        answer(
                ctx,
                ready ? 200 : 503,
                "{\"status\":\"%s\",\"checks\":{\"index\":\"%s\"}}"
                        .formatted(ready ? "ready" : "not ready", ready ? "up" : "down"));
    }

    private static void answer(Context ctx, int status, String json) {
        ctx.status(status)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(json);
    }
}
