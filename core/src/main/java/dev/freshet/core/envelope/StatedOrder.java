package dev.freshet.core.envelope;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.RawRecord;
import org.jspecify.annotations.Nullable;

/**
 * The place of a change in the order of changes. Epoch and version come from the envelope, else from the record's headers of
 * these names; else the epoch is 0, and the version is the record's offset: the order of arrival, as long as all changes of a
 * document share a partition and do without a version.
 *
 * @param stated whether the version was stated, and not taken from the offset
 */
record StatedOrder(ChangeOrder order, boolean stated) {
    static StatedOrder of(Fields fields, RawRecord raw) throws RefusedException {
        Long epoch = number("epoch", fields, raw);
        Long version = number("version", fields, raw);
        try {
            return new StatedOrder(
                    new ChangeOrder(
                            epoch == null ? 0 : epoch,
                            version == null ? raw.position().offset() : version),
                    version != null);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("invalid_version", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Long number(String field, Fields fields, RawRecord raw) throws RefusedException {
        Long number = fields.wholeNumber(field);
        if (number != null) {
            return number;
        }
        String header = raw.header(field);
        return header == null ? null : Fields.wholeNumber(field, header);
    }
}
