package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.utf8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that can never be a change, and the reason each must be refused for. */
final class HostileInputs {
    /** The id of the document whose versions are refused. */
    static final String BRICKED = "bricked";

    private static final int DEEP = 100_000;
    private static final int LONG_ID = 64 << 10;
    private static final int MANY_CHUNKS = 11_000;

    /** @param what for people */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are sent; never compared
    record Input(String what, byte @Nullable [] key, byte @Nullable [] value, String reason) {}

    static final List<Input> ALL = List.of(
            input("truncated", "{\"op\":\"upsert\",\"id\":\"x\",\"con", "malformed_json"),
            input("wrong type", change("\"x\"", "\"content\":7"), "invalid_content"),
            input("an array", "[]", "not_an_object"),
            new Input("not UTF-8", null, new byte[] {'{', (byte) 0xc3, (byte) 0x28, '}'}, "not_utf8"),
            input("unknown operation", "{\"op\":\"upsurt\",\"id\":\"x\",\"version\":1}", "unknown_operation"),
            new Input("no key and no value", null, null, "no_key_and_no_value"),
            input("no key and no version", "{\"op\":\"delete\",\"id\":\"x\"}", "no_key_and_no_version"),
            input(
                    "50 MB would be too large; 11 MB are",
                    change("\"x\"", "\"content\":\"" + "a ".repeat(11 << 19) + "\""),
                    "record_too_large"),
            input(
                    "too many chunks",
                    change(
                            "\"x\"",
                            "\"content_type\":\"text/markdown\",\"content\":\""
                                    + ("# h\\n\\n" + "word ".repeat(110) + "\\n\\n").repeat(MANY_CHUNKS)
                                    + "\""),
                    "too_many_chunks"),
            input(
                    "nested too deep",
                    change("\"x\"", "\"metadata\":" + "[".repeat(DEEP) + "]".repeat(DEEP)),
                    "malformed_json"),
            input("a key twice", "{\"op\":\"delete\",\"id\":\"x\",\"id\":\"y\",\"version\":1}", "malformed_json"),
            input("control characters in the id", change("\"a\\u0000b\"", "\"content\":\"c\""), "invalid_id"),
            input("64 KB of id", change("\"" + "i".repeat(LONG_ID) + "\"", "\"content\":\"c\""), "invalid_id"),
            input("a negative version", version("-1"), "invalid_version"),
            input("the greatest version", version(Long.toString(Long.MAX_VALUE)), "invalid_version"));

    private HostileInputs() {}

    private static Input input(String what, String value, String reason) {
        return new Input(what, null, utf8(value), reason);
    }

    private static String change(String id, String more) {
        return "{\"op\":\"upsert\",\"tenant\":\"acme\",\"version\":1,\"id\":" + id + "," + more + "}";
    }

    private static String version(String version) {
        return "{\"op\":\"upsert\",\"tenant\":\"acme\",\"id\":\"" + BRICKED + "\",\"content\":\"c\",\"version\":"
                + version + "}";
    }
}
