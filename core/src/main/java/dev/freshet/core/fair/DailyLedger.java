package dev.freshet.core.fair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Caps on what each tenant may use on a UTC day, kept by several subtasks together. Each has its part of the cap; those of one ledger
 * share theirs. What may be used is reserved before, and settled by what was. Safe for concurrent use.
 *
 * <p>What is reserved at midnight counts on both days, so that no day has more than its cap, whenever the use falls. One use that is
 * larger than the ledger's whole part goes alone, on a day of which nothing is charged yet; what it takes too much, the days after it
 * have less.
 */
public final class DailyLedger {
    /** What becomes of a request. */
    public enum Answer {
        GRANTED,
        REFUSED,
        /** The first one that is refused to the tenant on this day. */
        FIRST_REFUSED
    }

    private static final class Account {
        private long share;
        private long spent;
        private long reserved;

        private Account(long share) {
            this.share = share;
        }
    }

    private final TenantAmounts caps;
    private final int subtasks;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Set<Part>> waiting = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private long day = Long.MIN_VALUE;

    /**
     * @param caps 0 for none
     * @param subtasks of all ledgers together
     */
    public DailyLedger(TenantAmounts caps, int subtasks) {
        this.caps = caps;
        this.subtasks = subtasks;
    }

    /**
     * The part of a subtask.
     *
     * @param before what all subtasks had charged when their state was written
     * @param freed is told, on any thread, when a request that was refused may be granted
     */
    public Part join(int subtask, long today, List<DaySpend> before, Runnable freed) {
        List<Runnable> told;
        Part part = new Part(subtask, freed);
        synchronized (this) {
            told = begin(before.stream().mapToLong(DaySpend::day).reduce(today, Math::max));
            parts.add(part);
            Set<String> tenants = new TreeSet<>();
            before.forEach(spend -> tenants.add(spend.tenant()));
            tenants.forEach(tenant -> part.restore(tenant, before));
        }
        told.forEach(Runnable::run);
        return part;
    }

    /** Those who may be granted something because a new day begins; nobody where it has begun before. */
    private List<Runnable> begin(long today) {
        if (today <= day) {
            return List.of();
        }
        Set<String> tenants = new HashSet<>();
        parts.forEach(part -> tenants.addAll(part.accounts.keySet()));
        for (String tenant : tenants) {
            long over = -available(tenant) - reserved(tenant) - (today - day - 1) * full(tenant);
            for (Part part : parts) {
                over -= part.nextDay(tenant, Math.max(0, over));
            }
        }
        day = today;
        refused.clear();
        List<Runnable> told = new ArrayList<>();
        waiting.values().forEach(those -> those.forEach(part -> told.add(part.freed)));
        waiting.clear();
        return told;
    }

    private long available(String tenant) {
        return parts.stream().mapToLong(part -> part.available(tenant)).sum();
    }

    private long reserved(String tenant) {
        return parts.stream().mapToLong(part -> part.reserved(tenant)).sum();
    }

    /** What the ledger has of the cap on a day of which nothing is charged. */
    private long full(String tenant) {
        return parts.stream()
                .mapToLong(part -> slice(caps.of(tenant), part.subtask))
                .sum();
    }

    /** The slices of all subtasks are the whole. */
    private long slice(long whole, int subtask) {
        return Math.floorDiv(whole, subtasks) + (subtask < Math.floorMod(whole, subtasks) ? 1 : 0);
    }

    private static long sumUntil(List<DaySpend> spends, String tenant, long first, long last) {
        return spends.stream()
                .filter(spend -> spend.tenant().equals(tenant) && spend.day() >= first && spend.day() <= last)
                .mapToLong(DaySpend::spent)
                .sum();
    }

    /** What one subtask may use, and has used. */
    public final class Part {
        private final int subtask;
        private final Runnable freed;
        private final Map<String, Account> accounts = new HashMap<>();

        private Part(int subtask, Runnable freed) {
            this.subtask = subtask;
            this.freed = freed;
        }

        /** All subtasks restore the same: each has its slice of what is left, and the first one remembers what is not. */
        private void restore(String tenant, List<DaySpend> before) {
            long cap = caps.of(tenant);
            if (cap == 0) {
                return;
            }
            long newest = before.stream()
                    .filter(spend -> spend.tenant().equals(tenant))
                    .mapToLong(DaySpend::day)
                    .max()
                    .orElse(day);
            long spent = sumUntil(before, tenant, newest, newest);
            // A subtask may have written its state on the day before the others.
            spent += Math.max(0, sumUntil(before, tenant, Long.MIN_VALUE, newest - 1) - cap);
            spent = newest == day ? spent : Math.max(0, spent - cap * (day - newest));
            long reserved = before.stream()
                    .filter(spend -> spend.tenant().equals(tenant))
                    .mapToLong(DaySpend::reserved)
                    .sum();
            Account account = new Account(slice(cap - spent - reserved, subtask));
            if (subtask == 0) {
                account.share += spent;
                account.spent = spent;
            }
            accounts.put(tenant, account);
        }

        /** Returns what it keeps of what was used too much. */
        private long nextDay(String tenant, long over) {
            Account account = accounts.get(tenant);
            if (account == null) {
                return 0;
            }
            account.share = slice(caps.of(tenant), subtask);
            account.spent = over;
            if (account.spent == 0 && account.reserved == 0) {
                accounts.remove(tenant);
            }
            return over;
        }

        private long available(String tenant) {
            Account account = accounts.get(tenant);
            return account == null ? slice(caps.of(tenant), subtask) : account.share - account.spent - account.reserved;
        }

        private long reserved(String tenant) {
            Account account = accounts.get(tenant);
            return account == null ? 0 : account.reserved;
        }

        private Account account(String tenant) {
            return accounts.computeIfAbsent(tenant, ignored -> new Account(slice(caps.of(tenant), subtask)));
        }

        /** Asks for an amount before it is used. */
        public Answer reserve(String tenant, long amount, long today) {
            List<Runnable> told;
            Answer answer;
            synchronized (DailyLedger.this) {
                told = begin(today);
                answer = reserve(tenant, amount);
            }
            told.forEach(Runnable::run);
            return answer;
        }

        private Answer reserve(String tenant, long amount) {
            if (caps.of(tenant) == 0) {
                return Answer.GRANTED;
            }
            long available = DailyLedger.this.available(tenant);
            long full = full(tenant);
            if (amount <= available || (amount > full && available >= full)) {
                account(tenant).reserved += amount;
                return Answer.GRANTED;
            }
            waiting.computeIfAbsent(tenant, ignored -> new HashSet<>()).add(this);
            return refused.add(tenant) ? Answer.FIRST_REFUSED : Answer.REFUSED;
        }

        /** Something is under way that was reserved when the state was written. */
        public void resume(String tenant, long amount) {
            synchronized (DailyLedger.this) {
                if (caps.of(tenant) > 0) {
                    Account account = account(tenant);
                    account.share += amount;
                    account.reserved += amount;
                }
            }
        }

        /**
         * What was reserved is used.
         *
         * @param used what was used of it, or more
         */
        public void settle(String tenant, long reserved, long used, long today) {
            List<Runnable> told = new ArrayList<>();
            synchronized (DailyLedger.this) {
                if (caps.of(tenant) == 0) {
                    return;
                }
                told.addAll(begin(today));
                Account account = account(tenant);
                account.reserved -= reserved;
                account.spent += used;
                Set<Part> refusedBefore = used < reserved ? waiting.remove(tenant) : null;
                if (refusedBefore != null) {
                    refusedBefore.forEach(part -> told.add(part.freed));
                }
            }
            told.forEach(Runnable::run);
        }

        /** A new day may have begun. */
        public void look(long today) {
            List<Runnable> told;
            synchronized (DailyLedger.this) {
                told = begin(today);
            }
            told.forEach(Runnable::run);
        }

        /** For the state. */
        public List<DaySpend> charged() {
            synchronized (DailyLedger.this) {
                return accounts.entrySet().stream()
                        .map(entry ->
                                new DaySpend(entry.getKey(), day, entry.getValue().spent, entry.getValue().reserved))
                        .filter(spend -> spend.spent() != 0 || spend.reserved() != 0)
                        .toList();
            }
        }
    }
}
