package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.onnx.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps downloaded cross-encoders, each in a folder that is named by the checksums of its files. A file is used only when its bytes have
 * the checksum, also when it was downloaded earlier.
 */
final class ModelCache {
    private static final int NAME_DIGITS = 16;
    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

    private final DownloadOptions options;
    private final Dns names;

    /** @param names resolves the names of hosts */
    ModelCache(DownloadOptions options, Dns names) {
        this.options = options;
        this.names = names;
    }

    /**
     * The folder with the model and its tokenizer, which are downloaded where they are not there.
     *
     * @throws IOException in words for a person
     */
    Path folder() throws IOException {
        Path folder = Files.createDirectories(Path.of(options.cacheFolder())
                .toAbsolutePath()
                .resolve(name(options.modelSha256()) + "-" + name(options.tokenizerSha256())));
        try (Download download = new Download(options, names)) {
            fetch(download, folder.resolve("tokenizer.json"), options.tokenizerUrl(), options.tokenizerSha256());
            fetch(download, folder.resolve("model.onnx"), options.modelUrl(), options.modelSha256());
        }
        return folder;
    }

    private static String name(String sha256) {
        return sha256.substring(0, NAME_DIGITS).toLowerCase(Locale.ROOT);
    }

    private static void fetch(Download download, Path file, String from, String sha256) throws IOException {
        if (Files.isRegularFile(file)) {
            if (Checksum.of(List.of(file)).equalsIgnoreCase(sha256)) {
                return;
            }
            LOG.warn("File in the cache has changed and is downloaded again: file={}", file);
        }
        HttpUrl url = HttpUrl.get(from);
        download.to(file, url, sha256);
        LOG.info("File was downloaded: url={} file={} bytes={}", Download.shown(url), file, Files.size(file));
    }
}
