package dev.freshet.core.fair;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * A number for every tenant.
 *
 * @param named of the tenants with a number of their own
 * @param others of every other tenant
 */
public record TenantAmounts(Map<String, Long> named, long others) implements Serializable {
    private static final String OTHERS = "*";
    private static final int MOST_DIGITS = 18;

    public TenantAmounts {
        named = Map.copyOf(named);
    }

    /** The same for everyone. */
    public static TenantAmounts same(long amount) {
        return new TenantAmounts(Map.of(), amount);
    }

    /**
     * Reads {@code acme=3}, {@code globex=1}, {@code *=1}, where {@code *} stands for every other tenant.
     *
     * @param others where there is no {@code *}
     * @throws IllegalArgumentException that says what is wrong
     */
    public static TenantAmounts parse(List<String> entries, long others) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            String tenant = equals < 0 ? "" : entry.substring(0, equals).strip();
            String digits = entry.substring(equals + 1).strip();
            boolean number = !digits.isEmpty()
                    && digits.length() <= MOST_DIGITS
                    && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            if (tenant.isEmpty() || !number) {
                throw new IllegalArgumentException(
                        "'%s' is no tenant=number, such as acme=3, or *=1 for every other tenant".formatted(entry));
            }
            if (named.put(tenant, Long.parseLong(digits)) != null) {
                throw new IllegalArgumentException("'%s' stands there twice".formatted(tenant));
            }
        }
        Long stated = named.remove(OTHERS);
        return new TenantAmounts(named, stated == null ? others : stated);
    }

    public long of(String tenant) {
        return named.getOrDefault(tenant, others);
    }

    /** Whether every number that a tenant can have is so. */
    public boolean all(LongPredicate so) {
        return so.test(others) && named.values().stream().allMatch(so::test);
    }

    /** Whether all tenants have the same. */
    public boolean areSame() {
        return all(amount -> amount == others);
    }
}
