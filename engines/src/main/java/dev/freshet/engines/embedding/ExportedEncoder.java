package dev.freshet.engines.embedding;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.engines.embedding.onnx.Chosen;
import dev.freshet.engines.embedding.onnx.Device;
import dev.freshet.engines.embedding.onnx.ExportedModel;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.engines.embedding.onnx.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens an encoder that somebody exported. */
final class ExportedEncoder {
    /** Larger ones leave the caches of a core, and are slower. */
    private static final int CPU_BATCH_TOKENS = 512;

    /** As many as the embed stage puts into one call. */
    private static final int GPU_BATCH_TOKENS = 8_192;

    private static final Logger LOG = LoggerFactory.getLogger(ExportedEncoder.class);

    private final OnnxOptions options;
    private final ExportedModel model;
    private final TokenizerFile tokenizerFile;

    private ExportedEncoder(OnnxOptions options) {
        this.options = options;
        this.model = ExportedModel.read(options);
        this.tokenizerFile = TokenizerFile.read(options);
    }

    /**
     * Opens an encoder and tries it.
     *
     * @throws EmbedderMisconfiguredException with what is wrong with its files, or with the device
     */
    static Embedder open(OnnxOptions options, int threads) {
        return new ExportedEncoder(options).open(threads);
    }

    private Embedder open(int threads) {
        ModelTokenizer tokenizer = tokenizerFile.truncating(model.maxTokens());
        try {
            Chosen<OrtSession> session = session();
            Encoder encoder = new Encoder(session.opened(), model.signature(), model.pooling(), model.padding());
            try {
                return tried(tokenizer, encoder, session.device(), threads);
            } catch (RuntimeException e) {
                encoder.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private Embedder tried(ModelTokenizer tokenizer, Encoder encoder, Device device, int threads) {
        EncoderTrial trial = new EncoderTrial(options, model, tokenizer, encoder);
        int dimension = trial.dimension(tokenizerFile.largestId());
        int batchTokens = trial.neighboursDoNotMatter() ? batchTokens(device) : 0;
        ModelIdentity identity = model.identity(dimension);
        LOG.info(
                "Encoder was opened: name={} dimension={} maxTokens={} pooling={} device={} batchTokens={}",
                identity.name(),
                dimension,
                identity.maxTokens(),
                identity.pooling(),
                device.label(),
                batchTokens == 0 ? "none, one text at a time" : batchTokens);
        return new OnnxEmbedder(identity, tokenizer, encoder, batchTokens, threads);
    }

    private Chosen<OrtSession> session() {
        try {
            return Sessions.open(model.files().graph(), options.wantedDevice());
        } catch (OrtException e) {
            throw options.refused("ONNX Runtime does not open it: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw new EmbedderMisconfiguredException(String.valueOf(e.getMessage()));
        }
    }

    private int batchTokens(Device device) {
        if (options.batchTokens() > 0) {
            return options.batchTokens();
        }
        return device == Device.CUDA ? GPU_BATCH_TOKENS : CPU_BATCH_TOKENS;
    }
}
