package dev.freshet.engines.extract;

import dev.freshet.core.extract.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Looks through a zip file before anybody believes what it says of itself. */
final class PackedFile {
    private static final int MOST_ENTRIES = 20_000;
    private static final int BUFFER = 64 << 10;

    private PackedFile() {}

    static boolean isZip(byte[] bytes) {
        return startsWith(bytes, 'P', 'K', 3, 4);
    }

    /** The container of Office before 2007, and of protected files of all Offices. */
    static boolean isOle(byte[] bytes) {
        return startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0);
    }

    static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Which of the Office types it is; null where it is none. Everything is unpacked, to nowhere.
     *
     * @throws RefusedContentException when it unpacks to more than the limit
     */
    static @Nullable String officeType(byte[] bytes, long mostUnpacked) throws IOException {
        String type = null;
        long unpacked = 0;
        int entries = 0;
        byte[] buffer = new byte[BUFFER];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                type = type == null ? typeOf(entry.getName()) : type;
                if (++entries > MOST_ENTRIES) {
                    throw new RefusedContentException(
                            "unpacked_too_large", "the file holds more than %d files".formatted(MOST_ENTRIES));
                }
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    unpacked += read;
                    if (unpacked > mostUnpacked) {
                        throw new RefusedContentException(
                                "unpacked_too_large", "the file unpacks to more than %d bytes".formatted(mostUnpacked));
                    }
                }
            }
        } catch (ZipException e) {
            // The parser says what is wrong with it, or reads what there is; it has its own limit of memory.
            return type;
        }
        return type;
    }

    private static @Nullable String typeOf(String entry) {
        return switch (entry) {
            case "word/document.xml" -> MediaType.WORD;
            case "ppt/presentation.xml" -> MediaType.SLIDES;
            case "xl/workbook.xml" -> MediaType.SHEETS;
            default -> null;
        };
    }
}
