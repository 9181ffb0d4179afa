package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a record states, in the fields of the native envelope, whatever envelope it came in; not checked yet.
 *
 * @param ignored what the other envelope has beside these fields that nobody knows
 * @param foreign whether it came in another envelope than the native one
 */
record Statement(ObjectNode fields, int ignored, boolean foreign) {
    static Statement ofNative(ObjectNode fields) {
        return new Statement(fields, 0, false);
    }

    static Statement ofForeign(ObjectNode fields, int ignored) {
        return new Statement(fields, ignored, true);
    }
}
