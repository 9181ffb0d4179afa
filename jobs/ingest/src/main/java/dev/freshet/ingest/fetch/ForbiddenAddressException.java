package dev.freshet.ingest.fetch;

import java.net.UnknownHostException;

/** A host that may be named, but has an address inside of the network. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
