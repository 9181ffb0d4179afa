package dev.freshet.query.contract;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.json}: what this API takes and answers. */
public final class OpenApiEndpoint {
    private static final String RESOURCE = "/freshet/schemas/openapi.json";

    private final byte[] document = read();

    public void register(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> ctx.contentType("application/json").result(document));
    }

    private static byte[] read() {
        try (InputStream resource = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path.");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
