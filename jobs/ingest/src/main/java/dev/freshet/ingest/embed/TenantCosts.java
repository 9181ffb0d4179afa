package dev.freshet.ingest.embed;

import dev.freshet.core.cost.BusiestNames;
import dev.freshet.core.cost.MetricLabel;
import dev.freshet.core.cost.TokenPrice;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * What embedding cost every tenant, as metrics with the labels {@code tenant} and {@code model}. The busiest tenants have a label of their
 * own; what the others did is counted together, as {@link MetricLabel#OTHER}. Safe for concurrent use.
 */
final class TenantCosts {
    private final MetricGroup group;
    private final String model;
    private final TokenPrice price;
    private final BusiestNames tenants;
    private final Map<String, OfTenant> labelled = new HashMap<>();
    private long changesSeen;

    /** The metrics of one tenant. */
    private static final class OfTenant {
        final MetricGroup group;
        final ThreadSafeSimpleCounter chunksEmbedded = new ThreadSafeSimpleCounter();
        final ThreadSafeSimpleCounter tokensEmbedded = new ThreadSafeSimpleCounter();
        final ThreadSafeSimpleCounter chunksRemembered = new ThreadSafeSimpleCounter();
        final ThreadSafeSimpleCounter tokensSaved = new ThreadSafeSimpleCounter();

        OfTenant(MetricGroup group, String model, TokenPrice price) {
            this.group = group;
            MetricGroup ofModel = group.addGroup("model", model);
            ofModel.counter("chunksEmbedded", chunksEmbedded);
            ofModel.counter("tokensEmbedded", tokensEmbedded);
            ofModel.counter("chunksRemembered", chunksRemembered);
            ofModel.counter("tokensSaved", tokensSaved);
            if (price.isKnown()) {
                ofModel.addGroup("currency", MetricLabel.of(price.currency()))
                        .gauge("cost", (Gauge<Double>) () -> price.of(tokensEmbedded.getCount()));
            }
        }

        /** Takes the metrics back; Flink offers that for groups of its own only. */
        void close() {
            if (group instanceof AbstractMetricGroup<?> closeable) {
                closeable.close();
            }
        }
    }

    /**
     * @param tenants of the process, so that all its subtasks give labels to the same
     */
    TenantCosts(MetricGroup operator, String model, TokenPrice price, BusiestNames tenants) {
        this.group = operator.addGroup("freshet").addGroup(EmbedStage.NAME);
        this.model = MetricLabel.of(model);
        this.price = price;
        this.tenants = tenants;
    }

    void embedded(String tenant, int tokens) {
        OfTenant metrics = of(tenant, tokens);
        metrics.chunksEmbedded.inc();
        metrics.tokensEmbedded.inc(tokens);
    }

    void saved(String tenant, int tokens) {
        OfTenant metrics = of(tenant, tokens);
        metrics.chunksRemembered.inc();
        metrics.tokensSaved.inc(tokens);
    }

    private synchronized OfTenant of(String tenant, int tokens) {
        String label = tenants.hasPlace(tenant, tokens) ? MetricLabel.of(tenant) : MetricLabel.OTHER;
        if (tenants.changes() != changesSeen) {
            changesSeen = tenants.changes();
            closeThoseWithoutPlace();
        }
        return labelled.computeIfAbsent(label, absent -> new OfTenant(group.addGroup("tenant", absent), model, price));
    }

    private void closeThoseWithoutPlace() {
        Set<String> labels = tenants.placed().stream().map(MetricLabel::of).collect(Collectors.toSet());
        labels.add(MetricLabel.OTHER);
        labelled.entrySet().removeIf(entry -> {
            boolean gone = !labels.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }
}
