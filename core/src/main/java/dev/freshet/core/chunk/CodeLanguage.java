package dev.freshet.core.chunk;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Programming languages whose definitions can be read, and by which names they go. */
public enum CodeLanguage {
    JAVA("java", "text/x-java"),
    PYTHON("python", "text/x-python"),
    JAVASCRIPT("javascript", "text/javascript"),
    TYPESCRIPT("typescript", "text/typescript"),
    GO("go", "text/x-go"),
    RUST("rust", "text/x-rust"),
    C("c", "text/x-c"),
    CPP("cpp", "text/x-c++");

    private static final Map<String, CodeLanguage> BY_MEDIA_TYPE = byKey(
            CodeLanguage::contentType,
            Map.ofEntries(
                    Map.entry("text/x-java-source", JAVA),
                    Map.entry("application/x-python-code", PYTHON),
                    Map.entry("application/javascript", JAVASCRIPT),
                    Map.entry("application/x-javascript", JAVASCRIPT),
                    Map.entry("application/typescript", TYPESCRIPT),
                    Map.entry("text/x-typescript", TYPESCRIPT),
                    Map.entry("text/rust", RUST),
                    Map.entry("text/x-csrc", C),
                    Map.entry("text/x-chdr", C),
                    Map.entry("text/x-c++src", CPP),
                    Map.entry("text/x-c++hdr", CPP)));

    /** Endings of file names, and what fences say. */
    private static final Map<String, CodeLanguage> BY_NAME = byKey(
            CodeLanguage::label,
            Map.ofEntries(
                    Map.entry("py", PYTHON),
                    Map.entry("pyi", PYTHON),
                    Map.entry("python3", PYTHON),
                    Map.entry("js", JAVASCRIPT),
                    Map.entry("mjs", JAVASCRIPT),
                    Map.entry("cjs", JAVASCRIPT),
                    Map.entry("jsx", JAVASCRIPT),
                    Map.entry("ts", TYPESCRIPT),
                    Map.entry("mts", TYPESCRIPT),
                    Map.entry("cts", TYPESCRIPT),
                    Map.entry("golang", GO),
                    Map.entry("rs", RUST),
                    Map.entry("h", C),
                    Map.entry("cc", CPP),
                    Map.entry("cxx", CPP),
                    Map.entry("hpp", CPP),
                    Map.entry("hh", CPP),
                    Map.entry("hxx", CPP),
                    Map.entry("c++", CPP)));

    private final String label;
    private final String contentType;

    CodeLanguage(String label, String contentType) {
        this.label = label;
        this.contentType = contentType;
    }

    private static Map<String, CodeLanguage> byKey(
            Function<CodeLanguage, String> key, Map<String, CodeLanguage> others) {
        Map<String, CodeLanguage> all = new HashMap<>(others);
        for (CodeLanguage language : values()) {
            all.put(key.apply(language), language);
        }
        return Map.copyOf(all);
    }

    /** The language of a content type, whatever its parameters. */
    public static Optional<CodeLanguage> ofContentType(String contentType) {
        return Optional.ofNullable(BY_MEDIA_TYPE.get(mediaType(contentType)));
    }

    /** The language of a file, by the ending of its name. */
    public static Optional<CodeLanguage> ofFileName(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : named(name.substring(dot + 1));
    }

    /** As the opening line of a fence names it: in our own word where we have one. */
    static String ofInfo(String info) {
        String first = info.strip().split("[\\s,{]", 2)[0].toLowerCase(Locale.ROOT);
        return named(first).map(CodeLanguage::label).orElse(first.matches("[a-z0-9+#._-]{1,32}") ? first : "");
    }

    private static Optional<CodeLanguage> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** As indices and people read it. */
    public String label() {
        return label;
    }

    /** The content type that says this language. */
    public String contentType() {
        return contentType;
    }
}
