package dev.freshet.local.ingest;

import dev.freshet.local.terminal.Escaped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Files that were left out.
 *
 * @param tooLarge documents that are too large to be sent
 * @param images that nobody asked for
 * @param unknown files of no format that can be read
 */
public record SkippedFiles(Collection<String> tooLarge, Collection<String> images, Collection<String> unknown) {

    static final SkippedFiles NONE = new SkippedFiles(List.of(), List.of(), List.of());

    private static final int MOST_NAMES = 20;

    public SkippedFiles {
        tooLarge = List.copyOf(tooLarge);
        images = List.copyOf(images);
        unknown = List.copyOf(unknown);
    }

    /** The same, and more that are too large. */
    SkippedFiles with(List<String> moreTooLarge) {
        List<String> all = new ArrayList<>(tooLarge);
        all.addAll(moreTooLarge);
        return new SkippedFiles(all, images, unknown);
    }

    /** For people: a line for each reason that there is. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!tooLarge.isEmpty()) {
            lines.add(line(tooLarge, "larger than " + DocumentFiles.limit()));
        }
        if (!images.isEmpty()) {
            lines.add(line(images, "with images (--images sends them; the job reads them where tesseract is)"));
        }
        if (!unknown.isEmpty()) {
            lines.add(line(unknown, "of no format that can be read"));
        }
        return lines;
    }

    private static String line(Collection<String> files, String why) {
        String names = files.stream().limit(MOST_NAMES).map(Escaped::line).collect(Collectors.joining(", "));
        String more = files.size() > MOST_NAMES
                ? String.format(Locale.ROOT, " and %,d more (--json names all)", files.size() - MOST_NAMES)
                : "";
        return String.format(
                Locale.ROOT,
                "Skipped %,d %s %s: %s%s",
                files.size(),
                files.size() == 1 ? "file" : "files",
                why,
                names,
                more);
    }
}
