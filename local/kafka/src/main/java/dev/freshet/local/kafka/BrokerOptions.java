package dev.freshet.local.kafka;

import java.nio.file.Path;
import java.util.Properties;

/**
 * What the broker needs to know.
 *
 * @param home folder of the broker; its log segments lie below it
 * @param port port of the clients, on the loopback interface
 * @param controllerPort port of the KRaft controller, on the loopback interface
 */
record BrokerOptions(Path home, int port, int controllerPort) {

    static final String USAGE = "usage: LocalKafka --home DIR --port PORT --controller-port PORT";

    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    static BrokerOptions parse(String... arguments) {
        Path home = null;
        int port = -1;
        int controllerPort = -1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--home" -> home = Path.of(arguments[i + 1]);
                case "--port" -> port = Integer.parseInt(arguments[i + 1]);
                case "--controller-port" -> controllerPort = Integer.parseInt(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (home == null || port < 1 || controllerPort < 1 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return new BrokerOptions(home.toAbsolutePath(), port, controllerPort);
    }

    Path data() {
        return home.resolve("data");
    }

    /** One node, small buffers, and ports that may change from one start to the next. */
    Properties brokerProperties() {
        Properties broker = new Properties();
        broker.setProperty("process.roles", "broker,controller");
        broker.setProperty("node.id", "1");
        broker.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        broker.setProperty(
                "listeners", "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        broker.setProperty("advertised.listeners", "BROKER://127.0.0.1:" + port);
        broker.setProperty("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        broker.setProperty("inter.broker.listener.name", "BROKER");
        broker.setProperty("controller.listener.names", "CONTROLLER");
        broker.setProperty("log.dirs", data().toString());
        // A misspelt topic is an error, not a new topic.
        broker.setProperty("auto.create.topics.enable", "false");
        broker.setProperty("message.max.bytes", Integer.toString(LARGEST_MESSAGE));
        broker.setProperty("replica.fetch.max.bytes", Integer.toString(LARGEST_MESSAGE));
        broker.setProperty("offsets.topic.replication.factor", "1");
        broker.setProperty("offsets.topic.num.partitions", "1");
        broker.setProperty("transaction.state.log.replication.factor", "1");
        broker.setProperty("transaction.state.log.min.isr", "1");
        broker.setProperty("transaction.state.log.num.partitions", "1");
        broker.setProperty("share.coordinator.state.topic.replication.factor", "1");
        broker.setProperty("share.coordinator.state.topic.min.isr", "1");
        broker.setProperty("group.initial.rebalance.delay.ms", "0");
        broker.setProperty("num.network.threads", "2");
        broker.setProperty("num.io.threads", "2");
        broker.setProperty("background.threads", "2");
        broker.setProperty("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        // The default takes 128 MiB of heap.
        broker.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
        return broker;
    }
}
