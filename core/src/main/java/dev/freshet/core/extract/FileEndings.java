package dev.freshet.core.extract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content types by the endings of file names. */
public final class FileEndings {
    private static final Map<String, String> TYPES = new HashMap<>();

    static {
        put(MediaType.MARKDOWN, "md", "markdown");
        put(MediaType.PLAIN, "txt");
        put(MediaType.HTML, "html", "htm", "xhtml");
        put(MediaType.PDF, "pdf");
        put(MediaType.WORD, "docx");
        put(MediaType.SLIDES, "pptx");
        put(MediaType.SHEETS, "xlsx");
        put(MediaType.EMAIL, "eml");
        put(MediaType.PNG, "png");
        put(MediaType.JPEG, "jpg", "jpeg");
        put(MediaType.TIFF, "tif", "tiff");
        put("text/x-java-source", "java");
        put("text/x-python", "py", "pyi");
        put("text/javascript", "js", "mjs", "cjs", "jsx");
        put("text/x-typescript", "ts", "tsx", "mts", "cts");
        put("text/x-go", "go");
        put("text/x-rust", "rs");
        put("text/x-c", "c", "h");
        put("text/x-c++", "cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx");
    }

    private FileEndings() {}

    /** The content type of a file of this name, or path; null where its ending is not known. */
    public static @Nullable String contentType(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return TYPES.get(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static void put(String type, String... endings) {
        for (String ending : endings) {
            TYPES.put(ending, type);
        }
    }
}
