package dev.freshet.query.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/** The search page and its parts. */
public final class PageEndpoint {
    /** Nothing from elsewhere, nothing inline, nothing framed. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @SuppressWarnings("ArrayRecordComponent") // bytes as they are served; never compared
    private record Part(byte[] bytes, String contentType, String tag) {}

    public void register(RoutesConfig routes) {
        serve(routes, "/", "index.html", "text/html; charset=utf-8");
        serve(routes, "/page/style.css", "style.css", "text/css; charset=utf-8");
        serve(routes, "/page/app.js", "app.js", "text/javascript; charset=utf-8");
        serve(routes, "/page/highlight.js", "highlight.js", "text/javascript; charset=utf-8");
        serve(routes, "/page/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void serve(RoutesConfig routes, String path, String file, String contentType) {
        Part part = read(file, contentType);
        routes.get(path, ctx -> answer(ctx, part));
    }

    private static void answer(Context ctx, Part part) {
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .header("ETag", part.tag());
        if (part.tag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(part.contentType()).result(part.bytes());
    }

    private static Part read(String file, String contentType) {
        try (InputStream resource = PageEndpoint.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("The page's " + file + " is not on the class path.");
            }
            byte[] bytes = resource.readAllBytes();
            CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            return new Part(bytes, contentType, "\"" + Long.toHexString(checksum.getValue()) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
