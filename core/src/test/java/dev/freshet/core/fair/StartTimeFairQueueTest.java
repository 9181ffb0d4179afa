package dev.freshet.core.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StartTimeFairQueueTest {
    private static final int LARGEST = 50;

    private final StartTimeFairQueue<String> queue = new StartTimeFairQueue<>();

    /** The law of the paper: what two flows that both wait have had, divided by their weights, differs by one largest piece of each. */
    @Property
    void flowsThatWaitGetWhatTheyAreDue(@ForAll("pieces") List<Integer> pieces) {
        List<String> flows = List.of("a", "b", "c");
        int[] weights = {1, 3, 2};
        double[] had = new double[flows.size()];
        StartTimeFairQueue<String> contended = new StartTimeFairQueue<>();
        flows.forEach(contended::join);
        for (int size : pieces) {
            int next = flows.indexOf(contended.next(flow -> true).orElseThrow());
            double cost = (double) size / weights[next];
            contended.served(flows.get(next), cost);
            had[next] += cost;
            for (int one = 0; one < had.length; one++) {
                for (int other = 0; other < had.length; other++) {
                    double bound = (double) LARGEST / weights[one] + (double) LARGEST / weights[other];
                    assertThat(had[one] - had[other]).isLessThanOrEqualTo(bound + 1e-6);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, LARGEST).list().ofMaxSize(400);
    }

    @Test
    void whoHadNothingToSendHasSavedNothingUp() {
        queue.join("busy");
        for (int i = 0; i < 100; i++) {
            queue.served("busy", 1);
        }
        queue.join("late");

        assertThat(order(10)).containsSequence("late", "busy", "late", "busy");
    }

    @Test
    void whoLeavesAndComesBackOwesWhatItSentLast() {
        queue.join("a");
        queue.join("b");
        queue.served("a", 10);
        queue.leave("a");
        queue.join("a");

        assertThat(order(11)).startsWith("b", "b", "b").containsOnlyOnce("a");
    }

    @Test
    void whoCannotGoIsPassedOverAndCatchesUp() {
        queue.join("a");
        queue.join("b");
        for (int i = 0; i < 3; i++) {
            assertThat(queue.next(flow -> flow.equals("b"))).hasValue("b");
            queue.served("b", 1);
        }

        assertThat(order(3)).containsExactly("a", "a", "a");
    }

    @Test
    void nobodyIsDueWhereNobodyWaits() {
        assertThat(queue.next(flow -> true)).isEmpty();
        queue.join("a");
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.next(flow -> false)).isEmpty();
        queue.leave("a");
        queue.leave("a");
        assertThat(queue.isEmpty()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> queue.served("a", 1));
    }

    private List<String> order(int pieces) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            String next = queue.next(flow -> true).orElseThrow();
            order.add(next);
            queue.served(next, 1);
        }
        return order;
    }
}
