package dev.freshet.engines.rerank.crossencoder;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.engines.embedding.ModelTokenizer;
import dev.freshet.engines.embedding.TokenizerFile;
import dev.freshet.engines.embedding.onnx.Chosen;
import dev.freshet.engines.embedding.onnx.Device;
import dev.freshet.engines.embedding.onnx.GraphCall;
import dev.freshet.engines.embedding.onnx.ModelConfig;
import dev.freshet.engines.embedding.onnx.ModelFolder;
import dev.freshet.engines.embedding.onnx.OnnxGraph;
import dev.freshet.engines.embedding.onnx.Sessions;
import dev.freshet.engines.embedding.onnx.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Dns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a cross-encoder that somebody exported, from its files. */
final class ExportedCrossEncoder {
    /** Larger ones leave the caches of a core, and are slower. */
    private static final int CPU_BATCH_TOKENS = 512;

    private static final int GPU_BATCH_TOKENS = 8_192;
    private static final String NEEDED = "where the query API runs";
    private static final Logger LOG = LoggerFactory.getLogger(ExportedCrossEncoder.class);

    private final CrossEncoderOptions options;
    private final ModelFolder files;
    private final OnnxGraph graph;
    private final Signature signature;
    private final ModelConfig config;
    private final TokenizerFile tokenizerFile;

    private ExportedCrossEncoder(CrossEncoderOptions options, String path) {
        List<String> problems = new ArrayList<>();
        ModelFolder found = ModelFolder.find(path, NEEDED, problems);
        if (found == null) {
            throw options.refused(problems.toArray(String[]::new));
        }
        OnnxGraph read = found.read(problems);
        found.hasTokenizer(problems);
        this.config = ModelConfig.read(found.folder(), problems);
        if (read == null) {
            throw options.refused(problems.toArray(String[]::new));
        }
        this.signature = Signature.ofScores(read, problems);
        if (!problems.isEmpty()) {
            throw options.refused(problems.toArray(String[]::new));
        }
        this.options = options;
        this.files = found;
        this.graph = read;
        this.tokenizerFile = TokenizerFile.read(found.tokenizer(), options::refused);
    }

    /**
     * Opens a cross-encoder and tries it.
     *
     * @throws dev.freshet.core.rerank.RerankerMisconfiguredException with what is wrong with its files, or with the device
     */
    static CrossEncoderReranker open(CrossEncoderOptions options) {
        return new ExportedCrossEncoder(options, path(options)).open();
    }

    private static String path(CrossEncoderOptions options) {
        DownloadOptions download = options.download();
        if (download == null) {
            return String.valueOf(options.path());
        }
        try {
            return new ModelCache(download, Dns.SYSTEM).folder().toString();
        } catch (Download.RefusedException e) {
            throw options.refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw options.refused("it could not be downloaded: %s (%s)"
                    .formatted(e.getMessage(), e.getClass().getSimpleName()));
        }
    }

    private CrossEncoderReranker open() {
        ModelTokenizer tokenizer = tokenizerFile.truncating(maxTokens());
        try {
            Chosen<OrtSession> session = session();
            PairModel model = new OnnxPairModel(new GraphCall(session.opened(), signature, padding()));
            try {
                return tried(tokenizer, model, session.device());
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private CrossEncoderReranker tried(ModelTokenizer tokenizer, PairModel model, Device device) {
        PairTrial trial = new PairTrial(options, tokenizer, model);
        trial.check(tokenizerFile.largestId(), maxTokens());
        int batchTokens = trial.neighboursDoNotMatter(graph, signature) ? batchTokens(device) : 0;
        LOG.info(
                "Cross-encoder was opened: name={} maxTokensPerPair={} device={} batchTokens={}",
                files.name(),
                maxTokens(),
                device.label(),
                batchTokens == 0 ? "none, one pair at a time" : batchTokens);
        return new CrossEncoderReranker(tokenizer, model, options, batchTokens);
    }

    private int maxTokens() {
        return config.maxTokens() == 0
                ? options.maxTokensPerPair()
                : Math.min(config.maxTokens(), options.maxTokensPerPair());
    }

    private long padding() {
        return config.padding() == 0 ? tokenizerFile.padding() : config.padding();
    }

    private Chosen<OrtSession> session() {
        try {
            return Sessions.open(files.graph(), options.wantedDevice());
        } catch (OrtException e) {
            throw options.refused("ONNX Runtime does not open it: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw options.refused(
                    "--reranker-device cuda needs onnxruntime_gpu on the class path, in the place of" + " onnxruntime");
        }
    }

    private int batchTokens(Device device) {
        if (options.batchTokens() > 0) {
            return options.batchTokens();
        }
        return device == Device.CUDA ? GPU_BATCH_TOKENS : CPU_BATCH_TOKENS;
    }
}
