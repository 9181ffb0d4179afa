package dev.freshet.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Formats the data folder on the first start, then runs one Kafka broker until the process gets SIGTERM. */
public final class LocalKafka {

    private LocalKafka() {}

    public static void main(String[] arguments) {
        try {
            Path properties = prepare(BrokerOptions.parse(arguments));
            Kafka.main(new String[] {properties.toString()});
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("Kafka's folder cannot be prepared: " + e);
            System.exit(1);
        }
    }

    private static Path prepare(BrokerOptions options) throws IOException {
        Files.createDirectories(options.home());
        Path properties = options.home().resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(properties)) {
            options.brokerProperties().store(out, "Written at every start; changes are lost.");
        }
        if (!Files.exists(options.data().resolve("meta.properties"))) {
            format(properties);
        }
        return properties;
    }

    private static void format(Path properties) throws IOException {
        String clusterId = Uuid.randomUuid().toString();
        String[] command = {"format", "--cluster-id", clusterId, "--config", properties.toString()};
        if (StorageTool.execute(command, System.out) != 0) {
            throw new IOException("formatting " + properties.getParent() + " failed");
        }
    }
}
