package dev.freshet.bench.contender;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a page is from now on.
 *
 * @param content null where it is deleted
 */
public record PageChange(String id, @Nullable String content) {
    /**
     * A name for the page of hexadecimal digits alone: the same wherever a tool keeps it in a field that is cut into words.
     */
    @JsonIgnore
    public String key() {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    @JsonIgnore
    public boolean isDeletion() {
        return content == null;
    }

    /** Whether there is anything to store; of some tools a text without a letter is no document. */
    @JsonIgnore
    public boolean hasText() {
        return content != null && !content.isBlank();
    }

    /** The content of a page that is not deleted. */
    public String text() {
        if (content == null) {
            throw new IllegalStateException("the page %s is deleted".formatted(id));
        }
        return content;
    }
}
