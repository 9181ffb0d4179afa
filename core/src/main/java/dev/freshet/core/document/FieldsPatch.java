package dev.freshet.core.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a patch replaces, each as a whole.
 *
 * @param metadata as in {@link DocumentFields}; null to leave it
 * @param acl as in {@link DocumentFields}; null to leave it
 */
public record FieldsPatch(
        @Nullable String metadata, @Nullable List<String> acl) {}
