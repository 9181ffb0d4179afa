package dev.freshet.engines.embedding;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the native tokenizer library without leaving a trace.
 *
 * <p>Left alone, the library would unpack itself under the home directory, look for a CUDA build to download, and
 * report home from cloud machines. It reads its settings from system properties only, so this is the one place below
 * {@code main} that writes any.
 */
final class NativeTokenizers {
    private static final String OFFLINE = "ai.djl.offline";
    private static final String UNPACK_TO = "ENGINE_CACHE_DIR";

    private NativeTokenizers() {}

    static void load() {
        Loaded.check();
    }

    private static final class Loaded {
        static {
            System.setProperty(OFFLINE, "true");
            if (System.getProperty(UNPACK_TO) == null) {
                unpackAndLoad();
            }
        }

        static void check() {
            LibUtils.checkStatus();
        }

        private static void unpackAndLoad() {
            Path unpacked = privateDirectory();
            System.setProperty(UNPACK_TO, unpacked.toString());
            try {
                LibUtils.checkStatus();
            } finally {
                System.clearProperty(UNPACK_TO);
                delete(unpacked);
            }
        }

        private static Path privateDirectory() {
            try {
                return Files.createTempDirectory("freshet-tokenizers");
            } catch (IOException e) {
                throw new UncheckedIOException("Could not create a temporary directory for native libraries", e);
            }
        }

        /** The library stays mapped after its file is gone, except on Windows, which refuses and keeps the file. */
        private static void delete(Path directory) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                directory.toFile().deleteOnExit();
            }
        }
    }
}
