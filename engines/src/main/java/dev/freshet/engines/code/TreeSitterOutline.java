package dev.freshet.engines.code;

import dev.freshet.core.chunk.CodeLanguage;
import dev.freshet.core.chunk.CodeOutline;
import java.util.ArrayList;
import java.util.List;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/** Finds the definitions of a text in the tree that tree-sitter makes of it; a text with errors has a tree as well. */
public final class TreeSitterOutline implements CodeOutline {
    /** In characters. Nobody wrote what is longer, and its tree would take gigabytes outside of the heap. */
    private static final int LONGEST_TEXT = 2_000_000;

    @Override
    public List<Definition> definitions(CodeLanguage language, String text) {
        if (text.length() > LONGEST_TEXT) {
            return List.of();
        }
        try (TSParser parser = new TSParser()) {
            if (!parser.setLanguage(Grammars.of(language))) {
                throw new IllegalStateException("tree-sitter does not take its grammar of " + language.label());
            }
            TSTree tree = parser.parseStringEncoding(null, text, TSInputEncoding.TSInputEncodingUTF16LE);
            if (tree == null) {
                return List.of();
            }
            try (tree;
                    TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
                return new Walk(cursor, text).definitions();
            }
        }
    }

    /** Goes through a tree from top to bottom. */
    private static final class Walk {
        private static final int NOWHERE = -1;
        private static final int BYTES_PER_CHARACTER = 2;
        private static final int LONGEST_NAME = 100;

        /** Definitions that lie deeper are left to those around them. */
        private static final int DEEPEST = 64;

        private final TSTreeCursor cursor;
        private final String text;
        private final List<Definition> definitions = new ArrayList<>();

        Walk(TSTreeCursor cursor, String text) {
            this.cursor = cursor;
            this.text = text;
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
                definitions.add(new Definition(
                        words.length() <= LONGEST_NAME ? words : words.substring(0, LONGEST_NAME), start, end(node)));
            }
        }

        private static int start(TSNode node) {
            return node.getStartByte() / BYTES_PER_CHARACTER;
        }

        private static int end(TSNode node) {
            return node.getEndByte() / BYTES_PER_CHARACTER;
        }
    }
}
