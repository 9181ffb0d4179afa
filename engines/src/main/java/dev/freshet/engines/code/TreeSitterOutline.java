package dev.freshet.engines.code;

import dev.freshet.core.chunk.CodeLanguage;
import dev.freshet.core.chunk.CodeOutline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * Finds the definitions of a text in the tree that tree-sitter makes of it; a text with errors has a tree as well. A text
 * that is too long, or takes too long, has none.
 */
public final class TreeSitterOutline implements CodeOutline {
    /** In characters; nobody wrote what is longer. */
    private static final int LONGEST_TEXT = 400_000;

    /**
     * Of reading a text. Code as people write it takes a small part of this; a text that is made to confuse a parser takes a
     * time that grows with the square of its length.
     */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int BUFFER = 8_192;

    @Override
    public List<Definition> definitions(CodeLanguage language, String text) {
        if (text.length() > LONGEST_TEXT) {
            return List.of();
        }
        try (TSParser parser = new TSParser()) {
            if (!parser.setLanguage(Grammars.of(language))) {
                throw new IllegalStateException("tree-sitter does not take its grammar of " + language.label());
            }
            Utf8Text bytes = new Utf8Text(text);
            long begun = System.nanoTime();
            TSTree tree = parser.parseWithOptions(
                    new byte[BUFFER],
                    null,
                    (into, offset, point) -> bytes.read(into, offset),
                    TSInputEncoding.TSInputEncodingUTF8,
                    state -> System.nanoTime() - begun > DEADLINE.toNanos());
            if (tree == null) {
                return List.of();
            }
            try (tree;
                    TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
                return new Walk(cursor, text, bytes).definitions();
            }
        }
    }

    /** Goes through a tree from top to bottom. */
    private static final class Walk {
        private static final int NOWHERE = -1;
        private static final int LONGEST_NAME = 100;

        /** Definitions that lie deeper are left to those around them. */
        private static final int DEEPEST = 64;

        private final TSTreeCursor cursor;
        private final String text;
        private final Utf8Text bytes;
        private final List<Definition> definitions = new ArrayList<>();

        Walk(TSTreeCursor cursor, String text, Utf8Text bytes) {
            this.cursor = cursor;
            this.text = text;
            this.bytes = bytes;
        }

        List<Definition> definitions() {
            children(0, NOWHERE);
            return definitions;
        }

        /** @param wrapperStart where what is around a definition begins; else nowhere */
        private void children(int depth, int wrapperStart) {
            if (depth > DEEPEST || !cursor.gotoFirstChild()) {
                return;
            }
            int preface = wrapperStart;
            do {
                TSNode node = cursor.currentNode();
                String type = node.getType();
                if (NodeKinds.isPreface(type)) {
                    preface = preface == NOWHERE ? start(node) : preface;
                    continue;
                }
                int start = preface == NOWHERE ? start(node) : preface;
                if (NodeKinds.isWrapper(type)) {
                    children(depth + 1, start);
                } else if (NodeKinds.isDefinition(type)) {
                    addIfNamed(node, start);
                    children(depth + 1, NOWHERE);
                } else if (NodeKinds.isContainer(type)) {
                    children(depth + 1, NOWHERE);
                }
                preface = wrapperStart;
            } while (cursor.gotoNextSibling());
            cursor.gotoParent();
        }

        private void addIfNamed(TSNode node, int start) {
            TSNode name = DefinitionName.of(node);
            if (name != null && (definitions.isEmpty() || definitions.getLast().start() < start)) {
                String words = text.substring(start(name), end(name)).replaceAll("\\s+", " ");
                definitions.add(new Definition(shortened(words), start, end(node)));
            }
        }

        private static String shortened(String name) {
            return name.codePointCount(0, name.length()) <= LONGEST_NAME
                    ? name
                    : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
        }

        private int start(TSNode node) {
            return bytes.characterAt(node.getStartByte());
        }

        private int end(TSNode node) {
            return bytes.characterAt(node.getEndByte());
        }
    }
}
