package dev.freshet.ingest.inflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InFlightBytesTest {
    @Test
    void allSubtasksOfAStageInAProcessShareOneBudgetAndStagesDoNot() {
        try (InFlightBytes one = InFlightBytes.lease("shared", 100);
                InFlightBytes two = InFlightBytes.lease("shared", 100);
                InFlightBytes other = InFlightBytes.lease("other", 100)) {
            InFlightBytes.Held held = one.take(70);
            InFlightBytes.Held waiting = two.take(70);
            AtomicBoolean told = new AtomicBoolean();
            waiting.whenTaken(() -> told.set(true));
            assertThat(other.take(70).isTaken()).isTrue();
            assertThat(waiting.isTaken()).isFalse();

            held.giveBack();

            assertThat(waiting.isTaken()).isTrue();
            assertThat(told).isTrue();
        }
    }

    @Test
    void bytesAreGivenBackOnce() {
        try (InFlightBytes inFlight = InFlightBytes.lease("once", 100)) {
            InFlightBytes.Held held = inFlight.take(30);
            assertThat(inFlight.take(30).isTaken()).isTrue();

            held.giveBack();
            held.giveBack();

            assertThat(inFlight.ofProcess()).isEqualTo(30);
        }
    }

    @Test
    void whatASubtaskHadOrWaitedForIsFreeWhenItIsClosed() {
        try (InFlightBytes other = InFlightBytes.lease("closing", 100)) {
            InFlightBytes closed = InFlightBytes.lease("closing", 100);
            InFlightBytes.Held late = closed.take(60);
            InFlightBytes.Held waiting = closed.take(90);
            InFlightBytes.Held next = other.take(50);

            closed.close();
            closed.close();
            late.giveBack();
            waiting.giveBack();

            assertThat(next.isTaken()).isTrue();
            assertThat(other.ofProcess()).isEqualTo(50);
            assertThatIllegalStateException().isThrownBy(() -> closed.take(1));
        }
    }
}
