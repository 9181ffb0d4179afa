package dev.freshet.acceptance;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.envelope.WatermarkJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How far the index follows every partition, as the job says. */
final class Watermarks {
    private Watermarks() {}

    /** The newest watermark of every partition, by its key. */
    static Map<String, IndexWatermark> newest(String bootstrapServers) {
        Map<String, IndexWatermark> newest = new HashMap<>();
        TopicLog.read(bootstrapServers, "index-watermarks").stream()
                .map(record -> WatermarkJson.read(Objects.requireNonNull(record.value())))
                .forEach(watermark -> newest.put(watermark.key(), watermark));
        return newest;
    }

    /** What became of the records of all partitions. */
    static OutcomeCounts counts(Map<String, IndexWatermark> watermarks) {
        return watermarks.values().stream().map(IndexWatermark::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
    }
}
