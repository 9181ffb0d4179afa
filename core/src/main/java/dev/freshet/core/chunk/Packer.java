package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes chunks of the atoms between cuts, and says of each what is in it and above it. */
final class Packer {
    private Packer() {}

    static List<TextChunk> pack(List<Atom> atoms, BitSet cuts, String text) {
        List<TextChunk> chunks = new ArrayList<>();
        HeadingPath path = new HeadingPath();
        for (int from = 0; from < atoms.size(); ) {
            int next = cuts.nextSetBit(from + 1);
            int to = next < 0 ? atoms.size() : next;
            chunks.add(chunk(atoms.subList(from, to), text, path));
            from = to;
        }
        return chunks;
    }

    private static TextChunk chunk(List<Atom> atoms, String text, HeadingPath path) {
        List<String> above = path.above(atoms.getFirst().block());
        Set<String> types = new LinkedHashSet<>();
        String language = "";
        String symbol = "";
        int size = 0;
        for (Atom atom : atoms) {
            Block block = atom.block();
            path.enter(block);
            types.add(block.type().label());
            language = language.isEmpty() ? block.language() : language;
            symbol = symbol.isEmpty() && block.type().isCode() ? path.symbol() : symbol;
            size += atom.size();
        }
        int start = atoms.getFirst().start();
        int end = atoms.getLast().end();
        ChunkParts parts = new ChunkParts(List.copyOf(types), language, symbol);
        return new TextChunk(above, start, end, text.substring(start, end), size, parts);
    }
}
