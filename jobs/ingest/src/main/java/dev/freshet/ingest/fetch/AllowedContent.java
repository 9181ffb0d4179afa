package dev.freshet.ingest.fetch;

import java.util.ArrayList;
import java.util.List;

/** The beginnings of URIs under which content may be read; everything else is refused. */
final class AllowedContent {
    private final List<ContentUri> prefixes;

    private AllowedContent(List<ContentUri> prefixes) {
        this.prefixes = prefixes;
    }

    static AllowedContent of(List<String> allowed) {
        List<ContentUri> prefixes = new ArrayList<>();
        for (String prefix : allowed) {
            try {
                prefixes.add(ContentUri.parse(prefix));
            } catch (ForbiddenReferenceException e) {
                throw new IllegalArgumentException("cannot allow '" + prefix + "': " + e.getMessage(), e);
            }
        }
        return new AllowedContent(prefixes);
    }

    /** The reference, if it may be followed. */
    ContentUri check(String reference) throws ForbiddenReferenceException {
        ContentUri uri = ContentUri.parse(reference);
        if (prefixes.stream().noneMatch(prefix -> prefix.isPrefixOf(uri))) {
            throw new ForbiddenReferenceException(
                    "content may not be read from %s; --content-allow says from where".formatted(uri.shown()));
        }
        return uri;
    }

    /** Whether a beginning names this host. */
    boolean names(String host) {
        return prefixes.stream().anyMatch(prefix -> prefix.host().equals(host));
    }

    /** The beginnings of this scheme. */
    List<ContentUri> of(String scheme) {
        return prefixes.stream()
                .filter(prefix -> prefix.scheme().equals(scheme))
                .toList();
    }
}
