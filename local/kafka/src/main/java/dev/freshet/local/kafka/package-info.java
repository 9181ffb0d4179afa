/**
 * A real Kafka broker (KRaft, broker and controller in one) in a process of its own.
 *
 * <p>In: a data folder and two ports. Out: a broker on the loopback interface, the log on standard output.
 */
@NullMarked
package dev.freshet.local.kafka;

import org.jspecify.annotations.NullMarked;
