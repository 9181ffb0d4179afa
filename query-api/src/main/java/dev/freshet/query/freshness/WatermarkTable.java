package dev.freshet.query.freshness;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.envelope.WatermarkJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest watermark of every partition, as the records of the topic say in their order. Not safe for concurrent use. */
final class WatermarkTable {
    private static final Logger LOG = LoggerFactory.getLogger(WatermarkTable.class);

    private final int mostPartitions;
    private final Map<String, IndexWatermark> newest = new HashMap<>();

    /** @param mostPartitions watermarks of more are left out, so that a topic full of nonsense fills no memory */
    WatermarkTable(int mostPartitions) {
        this.mostPartitions = mostPartitions;
    }

    void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            newest.remove(record.key());
            return;
        }
        try {
            IndexWatermark watermark = WatermarkJson.read(record.value());
            if (newest.containsKey(record.key()) || newest.size() < mostPartitions) {
                newest.put(record.key(), watermark);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Watermark ignored: position={}-{}@{} reason={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    /** All of them, by topic and partition. */
    List<IndexWatermark> watermarks() {
        List<IndexWatermark> sorted = new ArrayList<>(newest.values());
        sorted.sort(Comparator.comparing(IndexWatermark::topic).thenComparingInt(IndexWatermark::partition));
        return sorted;
    }
}
