package dev.freshet.local.opensearch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;

/** Runs one OpenSearch node until the process gets SIGTERM. */
public final class LocalOpenSearch {

    private static final int CLOSE_SECONDS = 20;

    private LocalOpenSearch() {}

    public static void main(String[] arguments) {
        try {
            run(NodeOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (Exception e) {
            LogManager.getLogger(LocalOpenSearch.class).error("OpenSearch did not start", e);
            System.exit(1);
        }
    }

    private static void run(NodeOptions options) throws Exception {
        // Path settings must exist before the node locks its data folder.
        Files.createDirectories(options.home().resolve("config"));
        KnnNode node = KnnNode.create(options);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, closed), "close-node"));
        node.start();
        closed.await();
    }

    private static void close(KnnNode node, CountDownLatch closed) {
        try {
            node.close();
            node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LogManager.getLogger(LocalOpenSearch.class).error("OpenSearch did not close cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LogManager.shutdown();
            closed.countDown();
        }
    }
}
