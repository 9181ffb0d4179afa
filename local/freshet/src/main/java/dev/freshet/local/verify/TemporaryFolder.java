package dev.freshet.local.verify;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is gone when this is closed, or when the process ends before that. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atTheEnd;

    /** @param parent where there is room */
    TemporaryFolder(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, "freshet-verify");
        atTheEnd = new Thread(this::delete, "delete temporary files");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    Path path() {
        return path;
    }

    private void delete() {
        File[] files = path.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        path.toFile().delete();
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }
}
