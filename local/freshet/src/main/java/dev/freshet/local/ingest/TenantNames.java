package dev.freshet.local.ingest;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of tenants that every part takes: the topic, the index, and the header of the query API. */
public final class TenantNames {

    private static final Pattern NAME = Pattern.compile("[!-.0-~]{1,128}");
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int LONGEST = 128;

    private TenantNames() {}

    /** What is wrong with a name, in words; empty when it can be used. */
    public static Optional<String> problem(String name) {
        return NAME.matcher(name).matches() && !name.equals("..") && !name.equals(".")
                ? Optional.empty()
                : Optional.of("--tenant must have 1 to 128 printable ASCII characters, without spaces and '/'");
    }

    /** A name made of any text. */
    public static String of(String text) {
        String name = UNFIT.matcher(text).replaceAll("-");
        return name.substring(0, Math.min(LONGEST, name.length()));
    }
}
