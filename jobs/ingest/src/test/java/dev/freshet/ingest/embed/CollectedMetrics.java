package dev.freshet.ingest.embed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** The metrics of an operator by their names, as Flink has them registered now. */
final class CollectedMetrics {
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final MetricGroup operator = new GenericMetricGroup(
            TestingMetricRegistry.builder()
                    .setRegisterConsumer((metric, name, group) -> metrics.put(group.getMetricIdentifier(name), metric))
                    .setUnregisterConsumer((metric, name, group) -> metrics.remove(group.getMetricIdentifier(name)))
                    .build(),
            null,
            "operator");

    MetricGroup operator() {
        return operator;
    }

    /** Of the counter {@code freshet.embed.name}; 0 where there is none. */
    long count(String name) {
        return metrics.get("operator.freshet.embed." + name) instanceof Counter counter ? counter.getCount() : 0;
    }

    double gauge(String name) {
        return metrics.get("operator.freshet.embed." + name) instanceof Gauge<?> gauge
                        && gauge.getValue() instanceof Number value
                ? value.doubleValue()
                : Double.NaN;
    }

    boolean has(String name) {
        return metrics.containsKey("operator.freshet.embed." + name);
    }

    long labels(String name) {
        return metrics.keySet().stream()
                .filter(metric -> metric.contains(".tenant.") && metric.endsWith("." + name))
                .count();
    }
}
