package dev.freshet.core.revision;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.FieldsPatch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What patches that are newer than the document's newest full change say of it.
 *
 * @param metadata null where no such patch sets it
 * @param acl null where no such patch sets it
 */
public record Registers(
        @Nullable Register<String> metadata, @Nullable Register<List<String>> acl) {
    static final Registers NONE = new Registers(null, null);

    /** The fence of no patch: lower than all. */
    static final long NO_FENCE = -1;

    /** How a patch's value for one field stands to what is remembered of that field. */
    enum Standing {
        NEWER,
        EQUAL,
        /** Of the same order, but another value. */
        CONTRADICTING,
        OLDER
    }

    /** The standings of the values that the patch sets. */
    Set<Standing> standings(FieldsPatch patch, ChangeOrder order) {
        Set<Standing> standings = EnumSet.noneOf(Standing.class);
        if (patch.metadata() != null) {
            standings.add(standing(metadata, patch.metadata(), order.fence()));
        }
        if (patch.acl() != null) {
            standings.add(standing(acl, patch.acl(), order.fence()));
        }
        return standings;
    }

    private static <T> Standing standing(@Nullable Register<T> register, T value, long fence) {
        if (register == null || fence > register.fence()) {
            return Standing.NEWER;
        }
        if (fence < register.fence()) {
            return Standing.OLDER;
        }
        return value.equals(register.value()) ? Standing.EQUAL : Standing.CONTRADICTING;
    }

    /** These, and what the patch says that is newer. */
    Registers with(FieldsPatch patch, ChangeOrder order) {
        return new Registers(
                newest(metadata, patch.metadata(), order.fence()), newest(acl, patch.acl(), order.fence()));
    }

    private static <T> @Nullable Register<T> newest(@Nullable Register<T> register, @Nullable T value, long fence) {
        return value == null || standing(register, value, fence) != Standing.NEWER
                ? register
                : new Register<>(fence, value);
    }

    /** Those that a full change of this fence leaves: the newer ones. */
    Registers newerThan(long fence) {
        return new Registers(newer(metadata, fence), newer(acl, fence));
    }

    private static <T> @Nullable Register<T> newer(@Nullable Register<T> register, long fence) {
        return register != null && register.fence() > fence ? register : null;
    }

    /** Whether a value is remembered of exactly this order. */
    boolean haveOneOf(ChangeOrder order) {
        return fenceOf(metadata) == order.fence() || fenceOf(acl) == order.fence();
    }

    /** The highest of the fences, or {@link #NO_FENCE}. */
    long fence() {
        return Math.max(fenceOf(metadata), fenceOf(acl));
    }

    private static long fenceOf(@Nullable Register<?> register) {
        return register == null ? NO_FENCE : register.fence();
    }

    /** All that is remembered, as one patch. */
    FieldsPatch asPatch() {
        return new FieldsPatch(metadata == null ? null : metadata.value(), acl == null ? null : acl.value());
    }
}
