package dev.freshet.engines.code;

import dev.freshet.core.chunk.CodeLanguage;
import java.util.EnumMap;
import java.util.Map;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterC;
import org.treesitter.TreeSitterCpp;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTypescript;

/** The grammars, each loaded once per process. */
final class Grammars {
    // Immutable once loaded, and never unloaded.
    private static final Map<CodeLanguage, TSLanguage> LOADED = new EnumMap<>(CodeLanguage.class);

    private Grammars() {}

    static synchronized TSLanguage of(CodeLanguage language) {
        return LOADED.computeIfAbsent(language, Grammars::load);
    }

    private static TSLanguage load(CodeLanguage language) {
        return switch (language) {
            case JAVA -> new TreeSitterJava();
            case PYTHON -> new TreeSitterPython();
            case JAVASCRIPT -> new TreeSitterJavascript();
            case TYPESCRIPT -> new TreeSitterTypescript();
            case GO -> new TreeSitterGo();
            case RUST -> new TreeSitterRust();
            case C -> new TreeSitterC();
            case CPP -> new TreeSitterCpp();
        };
    }
}
