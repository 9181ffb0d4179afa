package dev.freshet.local.ingest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which documents a folder has brought into a tenant so far: what tells a file that is gone from a document that came from
 * somewhere else.
 */
final class KnownDocuments {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    KnownDocuments(Path home, Path folder, String tenant) {
        String name = tenant + "\n" + folder.toAbsolutePath().normalize();
        UUID key = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        this.file = home.resolve("ingested").resolve(key + ".json");
    }

    List<String> read() throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** After a run that deleted what was gone, only the present ones are known. */
    void write(List<String> present, boolean goneAreDeleted) throws IOException {
        Set<String> ids = new TreeSet<>(present);
        if (!goneAreDeleted) {
            ids.addAll(read());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, JSON.writeValueAsBytes(ids));
    }
}
