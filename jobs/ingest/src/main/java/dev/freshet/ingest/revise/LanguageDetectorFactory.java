package dev.freshet.ingest.revise;

import dev.freshet.core.extract.LanguageDetector;
import java.io.Serializable;

/** Opens the detector of languages where the stage runs. */
@FunctionalInterface
public interface LanguageDetectorFactory extends Serializable {
    LanguageDetector open();
}
