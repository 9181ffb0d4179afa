package dev.freshet.query.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads what a refused request still sends, and forgets it. Else the connection would be closed while the client is sending: that resets
 * it, and a client that reads only when it has sent everything, as most do, would see the reset instead of the answer.
 */
final class UnreadBody {
    /** A body that is larger was not meant to be taken; its connection is closed as it is. */
    static final long MOST_BYTES = 32L << 20;

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int BUFFER = 64 << 10;

    private UnreadBody() {}

    static void drain(HttpServletRequest request) {
        if (request.getContentLengthLong() > MOST_BYTES || asksBeforeItSends(request)) {
            return;
        }
        long until = System.nanoTime() + LONGEST.toNanos();
        try {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[BUFFER];
            int read = 0;
            for (long left = MOST_BYTES; left > 0 && read >= 0 && System.nanoTime() - until < 0; left -= read) {
                read = body.read(buffer);
            }
        } catch (IOException e) {
            // The client went away, or sends too slowly: what can still be done is to answer.
        }
    }

    /** Reading would tell such a client to go on; the answer tells it not to begin. */
    private static boolean asksBeforeItSends(HttpServletRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }
}
