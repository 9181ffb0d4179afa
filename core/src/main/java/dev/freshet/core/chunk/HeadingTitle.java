package dev.freshet.core.chunk;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The words of a heading. */
final class HeadingTitle {
    /** A paragraph above a line of dashes is a heading too; what is longer than this names nothing. */
    private static final int LONGEST = 200;

    private static final Parser PARSER = Parser.builder().build();
    private static final String MARKUP = "*_`[]<>\\&!~";

    private HeadingTitle() {}

    /** Of a whole heading as Markdown has it, without its marks. */
    static String ofMarkdown(String heading) {
        // Nothing beyond can be part of the title, whatever its marks.
        String source = heading.length() <= 8 * LONGEST ? heading : heading.substring(0, 8 * LONGEST);
        return of(isPlain(source) ? withoutHashes(source) : words(source));
    }

    /** Of words; in one line and not too long. */
    static String of(String words) {
        String title = words.strip();
        if (title.length() <= LONGEST) {
            return title;
        }
        boolean insidePair = Character.isHighSurrogate(title.charAt(LONGEST - 1));
        return title.substring(0, insidePair ? LONGEST - 1 : LONGEST).strip();
    }

    /** A line of words after hashes, as nearly all headings are: no parser is needed. */
    private static boolean isPlain(String source) {
        if (!source.stripLeading().startsWith("#")) {
            return false;
        }
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\n' || MARKUP.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutHashes(String source) {
        String words = source.strip();
        int from = 0;
        while (from < words.length() && words.charAt(from) == '#') {
            from++;
        }
        int to = words.length();
        while (to > from && words.charAt(to - 1) == '#') {
            to--;
        }
        boolean closed = to == from || Character.isWhitespace(words.charAt(to - 1));
        return words.substring(from, closed ? to : words.length());
    }

    private static String words(String source) {
        StringBuilder words = new StringBuilder();
        PARSER.parse(source).accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak lineBreak) {
                words.append(' ');
            }

            @Override
            public void visit(HardLineBreak lineBreak) {
                words.append(' ');
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }
}
