package dev.freshet.local.opensearch;

import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** An OpenSearch node whose modules come from the class path instead of an installation folder. */
final class KnnNode extends Node {

    private static final String PAINLESS = "org.opensearch.painless.PainlessModulePlugin";

    private static final List<PluginInfo> MODULES = List.of(
            module("org.opensearch.transport.Netty4ModulePlugin"),
            module("org.opensearch.analysis.common.CommonAnalysisModulePlugin"),
            module(PAINLESS),
            module("org.opensearch.index.mapper.MapperExtrasModulePlugin"),
            module("org.opensearch.index.reindex.ReindexModulePlugin"),
            module("org.opensearch.knn.plugin.KNNPlugin", PAINLESS));

    private KnnNode(Environment environment) {
        super(environment, MODULES, true);
    }

    static KnnNode create(NodeOptions options) {
        Settings settings = settings(options);
        return new KnnNode(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "freshet-local"));
    }

    private static Settings settings(NodeOptions options) {
        return Settings.builder()
                .put("cluster.name", "freshet-local")
                .put("node.name", "freshet-local")
                .put("discovery.type", "single-node")
                .put("path.home", options.home().toString())
                .put("path.data", options.home().resolve("data").toString())
                .put("path.logs", options.home().resolve("logs").toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", options.httpPort())
                // Nobody else joins: any free port will do.
                .put("transport.port", "0")
                .put("http.max_content_length", "64mb")
                // The percentages of the defaults would lock the indices of a laptop whose disk is 90 % full.
                .put("cluster.routing.allocation.disk.watermark.low", "1gb")
                .put("cluster.routing.allocation.disk.watermark.high", "500mb")
                .put("cluster.routing.allocation.disk.watermark.flood_stage", "250mb")
                // Freshet's indices are created with their mapping, never by a stray write.
                .put("action.auto_create_index", "-freshet-*,+*")
                .build();
    }

    private static PluginInfo module(String className, String... extended) {
        return new PluginInfo(
                className,
                "class path module",
                Version.CURRENT.toString(),
                Version.CURRENT,
                "21",
                className,
                List.of(extended),
                false);
    }
}
