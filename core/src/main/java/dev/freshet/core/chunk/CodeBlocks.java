package dev.freshet.core.chunk;

import dev.freshet.core.chunk.CodeOutline.Definition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads code: a class, function or method begins a block at its own level, and what lies around them is cut at blank
 * lines, as all of it is where the language is not known.
 */
final class CodeBlocks implements BlockReader {
    private final CodeOutline outline;

    CodeBlocks(CodeOutline outline) {
        this.outline = outline;
    }

    @Override
    public List<Block> read(String contentType, String text) {
        Optional<CodeLanguage> language = CodeLanguage.ofContentType(contentType);
        return language.isEmpty()
                ? PlainTextBlocks.read(text, BlockType.CODE, "")
                : new Reading(text, language.get().label()).of(outline.definitions(language.get(), text));
    }

    private static final class Reading {
        private final String text;
        private final String language;
        private final List<Block> blocks = new ArrayList<>();
        private final Deque<Definition> open = new ArrayDeque<>();
        /** What is before is in a block. */
        private int done;

        Reading(String text, String language) {
            this.text = text;
            this.language = language;
        }

        List<Block> of(List<Definition> definitions) {
            for (int i = 0; i < definitions.size(); i++) {
                Definition definition = definitions.get(i);
                int start = Lines.start(text, definition.start());
                // Several definitions in one line are one block: a line is not cut.
                if (start < done) {
                    continue;
                }
                addAround(start);
                open.addLast(definition);
                int next = i + 1 < definitions.size()
                        ? Lines.start(text, definitions.get(i + 1).start())
                        : text.length();
                int end = Math.max(Lines.end(text, start), Math.min(next, endOf(definition)));
                blocks.add(Block.definition(start, end, open.size(), definition.name(), language));
                done = end;
            }
            addAround(text.length());
            return blocks;
        }

        /** The code between definitions, up to an offset, each part at the level of the definition that it lies in. */
        private void addAround(int to) {
            while (done < to) {
                while (!open.isEmpty() && endOf(open.getLast()) <= done) {
                    open.removeLast();
                }
                int end = open.isEmpty() ? to : Math.min(to, endOf(open.getLast()));
                addLines(done, end);
                done = end;
            }
            while (!open.isEmpty() && endOf(open.getLast()) <= to) {
                open.removeLast();
            }
        }

        private void addLines(int from, int to) {
            for (Block block : PlainTextBlocks.read(text.substring(from, to), BlockType.CODE, language)) {
                Block code = Block.code(from + block.start(), from + block.end(), open.size(), language);
                boolean closing = !Sentences.hasWord(text, code.start(), code.end());
                blocks.add(closing && !blocks.isEmpty() ? code.gluedToTheOneBefore() : code);
            }
        }

        /** The end of the definition's last line, and of the blank lines below. */
        private int endOf(Definition definition) {
            int end = Lines.end(text, Math.max(definition.start(), definition.end() - 1));
            while (end < text.length() && Lines.isBlank(text, end, Lines.end(text, end))) {
                end = Lines.end(text, end);
            }
            return end;
        }
    }
}
