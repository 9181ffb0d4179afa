package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/** Takes blocks apart where they are larger than a chunk may be: into sentences or lines, then words, then characters. */
final class Atoms {
    /**
     * A token stands for at least one character in this many. Tokenizers read an overlong word as one token;
     * this keeps the text behind it from being unlimited.
     */
    private static final int CHARACTERS_PER_TOKEN_AT_MOST = 8;

    private static final int CHARACTERS_PER_TOKEN_MOSTLY = 4;

    private final String text;
    private final TokenCounter tokens;
    private final int maximum;
    private final List<Atom> atoms = new ArrayList<>();

    private Atoms(String text, TokenCounter tokens, int maximum) {
        this.text = text;
        this.tokens = tokens;
        this.maximum = maximum;
    }

    static List<Atom> of(List<Block> blocks, String text, TokenCounter tokens, int maximum) {
        Atoms atoms = new Atoms(text, tokens, maximum);
        boolean afterHeading = false;
        for (Block block : blocks) {
            atoms.add(block, afterHeading);
            afterHeading = block.type() == BlockType.HEADING;
        }
        return atoms.atoms;
    }

    private void add(Block block, boolean afterHeading) {
        int rank = rank(block, afterHeading);
        if (block.end() - block.start() <= CHARACTERS_PER_TOKEN_MOSTLY * maximum) {
            int size = size(block.start(), block.end());
            if (size <= maximum) {
                add(block, block.start(), block.end(), size, rank);
                return;
            }
        }
        // Most likely too large: its pieces are counted at once, so that no tokenizer sees a text twice.
        int first = atoms.size();
        if (block.type().isProse()) {
            addSentences(block, rank);
        } else {
            addLines(block, rank);
        }
        List<Atom> pieces = atoms.subList(first, atoms.size());
        long together = pieces.stream().mapToLong(Atom::size).sum();
        if (together <= maximum) {
            pieces.clear();
            add(block, block.start(), block.end(), (int) together, rank);
        }
    }

    private static int rank(Block block, boolean afterHeading) {
        return switch (block.type()) {
            case HEADING, DEFINITION -> Atom.cutAtHeading(block.level());
            default -> afterHeading || block.glued() ? Atom.NO_CUT : Atom.CUT_AT_BLOCK;
        };
    }

    private void addSentences(Block block, int rank) {
        Sentences.forEach(text, block.start(), block.end(), (start, end) -> {
            int rankHere = start == block.start()
                    ? rank
                    : Sentences.hasWord(text, start, end) ? Atom.CUT_AT_SENTENCE : Atom.NO_CUT;
            addPiece(block, start, end, rankHere);
        });
    }

    /** The first line of a list item, a fence or a table's header stays with the line below; closing brackets stay with what they close. */
    private void addLines(Block block, int rank) {
        int line = 0;
        boolean afterBlank = false;
        for (int from = block.start(); from < block.end(); line++) {
            int to = Math.min(block.end(), Lines.end(text, from));
            boolean belowHead = line == 1 || (line == 2 && block.type() == BlockType.TABLE);
            int rankHere = line == 0
                    ? rank
                    : belowHead || !Sentences.hasWord(text, from, to)
                            ? Atom.NO_CUT
                            : afterBlank ? Atom.CUT_AFTER_BLANK_LINE : Atom.CUT_AT_SENTENCE;
            addPiece(block, from, to, rankHere);
            afterBlank = Lines.isBlank(text, from, to);
            from = to;
        }
    }

    private void addPiece(Block block, int start, int end, int rank) {
        int size = size(start, end);
        if (size <= maximum) {
            add(block, start, end, size, rank);
            return;
        }
        int wordRank = rank;
        for (int from = start; from < end; ) {
            int to = Words.end(text, from, end, maximum);
            int share = Math.max(1, (int) ((long) size * (to - from) / (end - start)));
            add(block, from, to, share, wordRank);
            wordRank = Atom.CUT_AT_WORD;
            from = to;
        }
    }

    private void add(Block block, int start, int end, int size, int rank) {
        atoms.add(new Atom(block, start, end, size, rank, Atom.fingerprint(text, start, end)));
    }

    private int size(int start, int end) {
        int length = end - start;
        int atLeast = (length + CHARACTERS_PER_TOKEN_AT_MOST - 1) / CHARACTERS_PER_TOKEN_AT_MOST;
        // Beyond this no tokenizer is asked: the block is taken apart in any case.
        return atLeast > maximum ? atLeast : Math.max(atLeast, tokens.count(text.substring(start, end)));
    }
}
