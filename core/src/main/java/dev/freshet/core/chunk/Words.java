package dev.freshet.core.chunk;

/** Where words end. */
final class Words {
    private Words() {}

    /** The end of the word and the white space after it; an overlong word ends early, but not inside a surrogate pair. */
    static int end(String text, int from, int end, int longest) {
        int limit = Math.min(end, from + longest);
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
