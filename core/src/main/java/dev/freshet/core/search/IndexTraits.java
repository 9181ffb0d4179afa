package dev.freshet.core.search;

/** What the index that is searched now holds beside texts and vectors. It answers at once; what it says may be some seconds old. */
@FunctionalInterface
public interface IndexTraits {
    /** An index without any. */
    IndexTraits NONE = () -> false;

    /** Whether chunks have vectors of their tokens that this process's queries can be compared with. */
    boolean holdsTokenVectors();
}
