package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of a provider is, never the key itself: it is read on the machine that sends requests, and travels in no job and no
 * command line.
 *
 * @param file whose text is the key; null for none
 * @param variable of the environment whose value is the key; null for none
 * @param header that carries the key
 */
public record ApiKey(@Nullable String file, @Nullable String variable, String header) implements Serializable {
    /** The header that says {@code Bearer} before the key; any other has the key alone. */
    public static final String AUTHORIZATION = "Authorization";

    public static final ApiKey NONE = new ApiKey(null, null, AUTHORIZATION);

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** How the key is sent: what is put into a request, and nothing that could be printed. */
    public static final class Sender {
        private static final Sender NONE = new Sender("", null);

        private final String header;
        private final @Nullable String value;

        private Sender(String header, @Nullable String value) {
            this.header = header;
            this.value = value;
        }

        /** The request with the key in it, where there is one. */
        public Request.Builder sign(Request.Builder request) {
            return value == null ? request : request.header(header, value);
        }

        /** Whether it is the same key. */
        public boolean sendsTheSameAs(Sender other) {
            return Objects.equals(value, other.value);
        }
    }

    /**
     * Reads the key.
     *
     * @throws EmbedderMisconfiguredException when it cannot be read
     */
    public Sender read() {
        if (file == null && variable == null) {
            return Sender.NONE;
        }
        String key = text().strip();
        if (!VISIBLE.matcher(key).matches()) {
            throw new EmbedderMisconfiguredException(
                    "There is no key in %s: it must hold one line of visible ASCII characters.".formatted(place()));
        }
        String value = header.equalsIgnoreCase(AUTHORIZATION) ? "Bearer " + key : key;
        return new Sender(header, value);
    }

    /** Where the key is, in words. */
    public String place() {
        if (file != null) {
            return "the file " + file;
        }
        return variable == null ? "(no file or variable)" : "the environment variable " + variable;
    }

    private String text() {
        if (file != null) {
            try {
                return Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new EmbedderMisconfiguredException(
                        "The key of the provider cannot be read from %s (%s). The file must be readable on every machine that sends it requests."
                                .formatted(file, e.getClass().getSimpleName()));
            }
        }
        String value = System.getenv(variable);
        if (value == null) {
            throw new EmbedderMisconfiguredException(
                    "The environment variable %s is not set. It must hold the key of the provider on every machine that sends it requests."
                            .formatted(variable));
        }
        return value;
    }
}
