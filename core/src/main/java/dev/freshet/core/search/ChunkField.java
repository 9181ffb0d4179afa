package dev.freshet.core.search;

/** What is said of a chunk and can be filtered by. */
public enum ChunkField {
    BLOCK_TYPES("block_types"),
    CODE_LANGUAGE("code_language"),
    SYMBOL("symbol"),
    ENTITIES("entities");

    private final String label;

    ChunkField(String label) {
        this.label = label;
    }

    /** As requests and the index name it. */
    public String label() {
        return label;
    }
}
