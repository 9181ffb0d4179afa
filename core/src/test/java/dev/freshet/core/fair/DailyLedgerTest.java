package dev.freshet.core.fair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.fair.DailyLedger.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DailyLedgerTest {
    private static final TenantAmounts CAPS = TenantAmounts.parse(List.of("acme=1000"), 0);

    private static void nobody() {}

    @Test
    void aTenantUsesItsCapAndNoMoreOnOneDay() {
        DailyLedger.Part part = new DailyLedger(CAPS, 1).join(0, 7, List.of(), DailyLedgerTest::nobody);

        assertThat(part.reserve("acme", 600, 7)).isEqualTo(Answer.GRANTED);
        assertThat(part.reserve("acme", 401, 7)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 402, 7)).isEqualTo(Answer.REFUSED);
        assertThat(part.reserve("acme", 400, 7)).isEqualTo(Answer.GRANTED);
        assertThat(part.reserve("globex", 1_000_000, 7)).as("has no cap").isEqualTo(Answer.GRANTED);
    }

    @Test
    void whatWasReservedAndNotUsedIsFreeAndWhoWasRefusedIsTold() {
        AtomicInteger told = new AtomicInteger();
        DailyLedger.Part part = new DailyLedger(CAPS, 1).join(0, 7, List.of(), told::incrementAndGet);
        assertThat(part.reserve("acme", 1000, 7)).isEqualTo(Answer.GRANTED);
        assertThat(part.reserve("acme", 500, 7)).isEqualTo(Answer.FIRST_REFUSED);

        part.settle("acme", 1000, 500, 7);

        assertThat(told).hasValue(1);
        assertThat(part.reserve("acme", 500, 7)).isEqualTo(Answer.GRANTED);
        assertThat(part.reserve("acme", 1, 7)).isEqualTo(Answer.REFUSED);
    }

    @Test
    void aNewDayHasItsOwnCapButForWhatIsUnderWay() {
        AtomicInteger told = new AtomicInteger();
        DailyLedger.Part part = new DailyLedger(CAPS, 1).join(0, 7, List.of(), told::incrementAndGet);
        assertThat(part.reserve("acme", 900, 7)).isEqualTo(Answer.GRANTED);
        assertThat(part.reserve("acme", 200, 7)).isEqualTo(Answer.FIRST_REFUSED);

        part.look(8);

        assertThat(told).hasValue(1);
        assertThat(part.reserve("acme", 101, 8)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 100, 8)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void whatIsLargerThanTheCapGoesAloneAndTheDaysAfterItHaveLess() {
        DailyLedger.Part part = new DailyLedger(CAPS, 1).join(0, 7, List.of(), DailyLedgerTest::nobody);
        assertThat(part.reserve("acme", 1, 7)).isEqualTo(Answer.GRANTED);
        part.settle("acme", 1, 1, 7);
        assertThat(part.reserve("acme", 2_300, 7)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 2_300, 8)).isEqualTo(Answer.GRANTED);
        part.settle("acme", 2_300, 2_300, 8);

        assertThat(part.reserve("acme", 1, 9)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 701, 10)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 700, 10)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void subtasksOfOneLedgerShareTheirParts() {
        DailyLedger ledger = new DailyLedger(CAPS, 4);
        DailyLedger.Part one = ledger.join(0, 7, List.of(), DailyLedgerTest::nobody);
        DailyLedger.Part other = ledger.join(1, 7, List.of(), DailyLedgerTest::nobody);

        assertThat(one.reserve("acme", 450, 7)).isEqualTo(Answer.GRANTED);
        assertThat(other.reserve("acme", 51, 7)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(other.reserve("acme", 50, 7)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void aClockThatGoesBackBeginsNoDayAgain() {
        DailyLedger.Part part = new DailyLedger(CAPS, 1).join(0, 7, List.of(), DailyLedgerTest::nobody);
        assertThat(part.reserve("acme", 1000, 7)).isEqualTo(Answer.GRANTED);

        assertThat(part.reserve("acme", 1, 6)).isEqualTo(Answer.FIRST_REFUSED);
        assertThat(part.reserve("acme", 1, 7)).isEqualTo(Answer.REFUSED);
    }

    /** Processes with subtasks, days and restarts at any parallelism: whichever day a use falls on, its cap holds. */
    @Property(tries = 300)
    void noDayHasMoreThanTheCap(@ForAll long seed) {
        Random random = new Random(seed);
        Job job = new Job(random, List.of());
        for (int i = 0; i < 300; i++) {
            job = job.step();
        }
        assertThat(job.usedByDay.values()).allMatch(used -> used <= 1000);
    }

    private static final class Job {
        private record UnderWay(DailyLedger.Part part, long amount, long reservedOn) {}

        private final Random random;
        private final List<DailyLedger.Part> parts = new ArrayList<>();
        private List<UnderWay> underWay = new ArrayList<>();
        private Map<Long, Long> usedByDay = new HashMap<>();
        private long today = 7;

        private Job(Random random, List<DaySpend> before) {
            this(random, before, 7);
        }

        private Job(Random random, List<DaySpend> before, long today) {
            this.random = random;
            this.today = today;
            int subtasks = 1 + random.nextInt(4);
            int processes = 1 + random.nextInt(subtasks);
            List<DailyLedger> ledgers = new ArrayList<>();
            for (int process = 0; process < processes; process++) {
                ledgers.add(new DailyLedger(CAPS, subtasks));
            }
            for (int subtask = 0; subtask < subtasks; subtask++) {
                parts.add(ledgers.get(subtask % processes).join(subtask, today, before, DailyLedgerTest::nobody));
            }
        }

        private Job step() {
            int which = random.nextInt(20);
            if (which == 0) {
                return restarted();
            }
            if (which == 1) {
                today += random.nextInt(3);
            } else if (which < 10 && !underWay.isEmpty()) {
                UnderWay one = underWay.remove(random.nextInt(underWay.size()));
                long used = random.nextLong(one.amount() + 1);
                one.part().settle("acme", one.amount(), used, today);
                // It was used on either day.
                usedByDay.merge(random.nextBoolean() ? today : one.reservedOn(), used, Long::sum);
            } else {
                DailyLedger.Part part = parts.get(random.nextInt(parts.size()));
                // No subtask's part is smaller.
                long amount = 1 + random.nextLong(250);
                if (part.reserve("acme", amount, today) == Answer.GRANTED) {
                    underWay.add(new UnderWay(part, amount, today));
                }
            }
            return this;
        }

        private Job restarted() {
            List<DaySpend> charged =
                    parts.stream().flatMap(part -> part.charged().stream()).toList();
            Job next = new Job(random, charged, today + random.nextInt(2));
            next.usedByDay = usedByDay;
            next.underWay = new ArrayList<>(underWay.stream()
                    .map(one -> new UnderWay(
                            next.parts.get(random.nextInt(next.parts.size())), one.amount(), one.reservedOn()))
                    .toList());
            next.underWay.forEach(one -> one.part().resume("acme", one.amount()));
            return next;
        }
    }
}
