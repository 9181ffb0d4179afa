package dev.freshet.core.chunk;

/**
 * A structural part of a text. The blocks of a text lie side by side and cover it.
 *
 * @param type what it is
 * @param start offset of the first character
 * @param end offset after the last character, white space up to the next block included
 * @param level of a heading from 1 to 6; of a definition and of other code how deep it is nested, a definition at the outermost
 *     level 1 and the code around it 0; else 0
 * @param title of a heading, name of a definition; else empty
 * @param language of code, as it says itself; else empty
 * @param glued whether it stays with the block before it
 */
record Block(BlockType type, int start, int end, int level, String title, String language, boolean glued) {
    static Block of(BlockType type, int start, int end) {
        return new Block(type, start, end, 0, "", "", false);
    }

    static Block heading(int start, int end, int level, String title) {
        return new Block(BlockType.HEADING, start, end, level, title, "", false);
    }

    static Block code(int start, int end, int level, String language) {
        return new Block(BlockType.CODE, start, end, level, "", language, false);
    }

    static Block definition(int start, int end, int level, String name, String language) {
        return new Block(BlockType.DEFINITION, start, end, level, name, language, false);
    }

    Block covering(int from, int to) {
        return new Block(type, from, to, level, title, language, glued);
    }

    Block gluedToTheOneBefore() {
        return new Block(type, start, end, level, title, language, true);
    }
}
