package dev.freshet.core.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes blocks apart where they are larger than a chunk may be: into sentences or lines, then words, then characters. */
final class Atoms {
    /**
     * A token stands for at least one character in this many. Tokenizers read an overlong word as one token;
     * this keeps the text behind it from being unlimited.
     */
    private static final int CHARACTERS_PER_TOKEN_AT_MOST = 8;

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
        Block before = null;
        for (Block block : blocks) {
            atoms.add(block, before != null && before.kind() == Block.Kind.HEADING);
            before = block;
        }
        return atoms.atoms;
    }

    private void add(Block block, boolean afterHeading) {
        int size = size(block.start(), block.end());
        int rank = rank(block, afterHeading);
        if (size <= maximum) {
            add(block, block.start(), block.end(), size, rank);
            return;
        }
        int pieceRank = rank;
        for (int[] piece : pieces(block)) {
            addPiece(block, piece[0], piece[1], pieceRank);
            pieceRank = Atom.CUT_AT_SENTENCE;
        }
    }

    private static int rank(Block block, boolean afterHeading) {
        if (block.kind() == Block.Kind.HEADING) {
            return Atom.cutAtHeading(block.level());
        }
        return afterHeading ? Atom.NO_CUT : Atom.CUT_AT_BLOCK;
    }

    private void addPiece(Block block, int start, int end, int rank) {
        int size = size(start, end);
        if (size <= maximum) {
            add(block, start, end, size, rank);
            return;
        }
        int wordRank = rank;
        for (int from = start; from < end; ) {
            int to = endOfWord(from, end);
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

    private List<int[]> pieces(Block block) {
        return block.kind() == Block.Kind.PROSE ? sentences(block) : lines(block);
    }

    private List<int[]> sentences(Block block) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text.substring(block.start(), block.end()));
        List<int[]> pieces = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            pieces.add(new int[] {block.start() + from, block.start() + to});
        }
        return pieces;
    }

    private List<int[]> lines(Block block) {
        List<int[]> pieces = new ArrayList<>();
        for (int from = block.start(); from < block.end(); ) {
            int to = Math.min(block.end(), PlainTextBlocks.endOfLine(text, from));
            pieces.add(new int[] {from, to});
            from = to;
        }
        return pieces;
    }

    /** The end of the word and the white space after it; an overlong word ends early, but not inside a surrogate pair. */
    private int endOfWord(int from, int end) {
        int limit = Math.min(end, from + maximum);
        int to = from;
        while (to < limit && !Character.isWhitespace(text.charAt(to))) {
            to++;
        }
        while (to < limit && Character.isWhitespace(text.charAt(to))) {
            to++;
        }
        boolean insidePair = to < end && to > from + 1 && Character.isLowSurrogate(text.charAt(to));
        return insidePair && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }
}
