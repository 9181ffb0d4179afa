package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetLedgerTest {

    private final OffsetLedger ledger = new OffsetLedger(List.of(100L, 0L));

    @Test
    void everyProducedRecordIsSettledOnce() {
        ledger.produced(0, 100);
        ledger.produced(1, 5);
        assertThat(ledger.settled(0, 100)).isTrue();
        assertThat(ledger.accounted()).isEqualTo(1);
        assertThat(ledger.settled(0, 100)).as("a replay says it again").isFalse();
        assertThat(ledger.settled(1, 5)).isTrue();
        assertThat(ledger.accounted()).isEqualTo(ledger.produced()).isEqualTo(2);
    }

    @Test
    void recordsOfOthersAreNotOurs() {
        ledger.produced(0, 102);
        assertThat(ledger.isOurs(0, 102)).isTrue();
        assertThat(ledger.isOurs(0, 101)).as("between ours").isFalse();
        assertThat(ledger.isOurs(0, 99)).as("before this run").isFalse();
        assertThat(ledger.isOurs(7, 0)).as("no such partition").isFalse();
        assertThat(ledger.isOurs(-1, -1)).as("no origin").isFalse();
        assertThat(ledger.isOurs(0, Long.MAX_VALUE))
                .as("of another topic of this name")
                .isFalse();
    }

    @Test
    void aRecordIsUnsettledUntilItHasAnOutcome() {
        ledger.produced(0, 102);
        assertThat(ledger.isUnsettled(0, 102)).isTrue();
        assertThat(ledger.isUnsettled(0, 101)).as("not ours").isFalse();
        ledger.settled(0, 102);
        assertThat(ledger.isUnsettled(0, 102)).isFalse();
    }
}
