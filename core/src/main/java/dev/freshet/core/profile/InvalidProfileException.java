package dev.freshet.core.profile;

import java.util.List;

/** A document is no ranking profile. */
public final class InvalidProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidProfileException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
