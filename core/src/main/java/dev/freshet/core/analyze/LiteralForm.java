package dev.freshet.core.analyze;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is looked for literally by the form of its characters: options, paths, names of files, dotted names, codes, hexadecimal digests. A
 * token is what stands between white space, and short.
 */
final class LiteralForm {
    static final int LONGEST = 128;
    private static final int SHORTEST = 2;

    /** Each goes forward only. */
    private static final Pattern OPTION = Pattern.compile("--[A-Za-z][A-Za-z0-9.-]*+");

    private static final Pattern CODE = Pattern.compile("(?!FY)[A-Z]{1,8}+[0-9]{3,10}+|0x[0-9A-Fa-f]{2,64}+");
    private static final Pattern NUMBERED = Pattern.compile("#[0-9]{2,10}+");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{7,128}+|[0-9A-F]{7,128}+");
    private static final Pattern UUID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
    private static final Pattern DOTTED =
            Pattern.compile("[A-Za-z_$][A-Za-z0-9_$@-]++(?:\\.[A-Za-z_][A-Za-z0-9_$-]++)++");
    private static final Pattern HIDDEN_FILE = Pattern.compile("\\.[a-z][a-z0-9_.-]++");
    private static final Pattern ROOTED =
            Pattern.compile("(?:\\.{0,2}/|~/|[A-Za-z]:[/\\\\]|[a-z][a-z0-9+.-]{1,9}+://)\\S++");
    /** Emphasis, or a regular expression. */
    private static final Pattern SLASHES_AROUND = Pattern.compile("/[^/]*+/");

    private static final Pattern STEPS = Pattern.compile("(?:[\\w.@+-]++[/\\\\])++[\\w.@+-]*+");
    private static final int STEPS_OF_A_PLAIN_PATH = 3;

    private LiteralForm() {}

    /** The end of what is literal and begins at the beginning of the token; 0 where nothing is. */
    static int end(String token) {
        if (token.length() < SHORTEST || token.length() > LONGEST || !hasSign(token)) {
            return 0;
        }
        if (token.startsWith("--")) {
            var option = OPTION.matcher(token);
            return option.lookingAt() ? option.end() : 0;
        }
        return isPath(token) || isName(token) || isCode(token) ? token.length() : 0;
    }

    /** Most tokens are words, and one look tells. */
    private static boolean hasSign(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if ((c >= '0' && c <= '9') || c == '.' || c == '/' || c == '\\' || (c == '-' && i == 0)) {
                return true;
            }
        }
        return false;
    }

    static boolean isPath(String token) {
        if (token.indexOf('/') < 0 && token.indexOf('\\') < 0) {
            return false;
        }
        if (SLASHES_AROUND.matcher(token).matches()) {
            return false;
        }
        if (ROOTED.matcher(token).matches()) {
            return hasLetter(token);
        }
        if (!STEPS.matcher(token).matches() || !hasLetter(token)) {
            return false;
        }
        long steps = token.chars().filter(c -> c == '/' || c == '\\').count();
        return steps >= STEPS_OF_A_PLAIN_PATH
                || (steps > 1 && token.endsWith("/"))
                || token.indexOf('_') >= 0
                || hasDotBeforeLetter(token);
    }

    private static boolean isName(String token) {
        if (HIDDEN_FILE.matcher(token).matches()) {
            return true;
        }
        return DOTTED.matcher(token).matches() && !isMissingSpace(token);
    }

    /** As in "It failed.Please help". */
    private static boolean isMissingSpace(String token) {
        int dot = token.indexOf('.');
        return dot == token.lastIndexOf('.')
                && Character.isUpperCase(token.charAt(dot + 1))
                && Character.isLowerCase(token.charAt(0));
    }

    private static boolean isCode(String token) {
        return CODE.matcher(token).matches()
                || NUMBERED.matcher(token).matches()
                || UUID.matcher(token).matches()
                || (DIGEST.matcher(token).matches() && hasLetter(token) && hasDigit(token));
    }

    /** Whether it is the name of a file, with or without a path, by its ending. */
    static boolean isFile(String token, RuleTable rules) {
        int dot = token.lastIndexOf('.');
        return dot >= 0 && rules.isOf("ending", token.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean hasDotBeforeLetter(String token) {
        for (int i = token.indexOf('.'); i >= 0 && i + 1 < token.length(); i = token.indexOf('.', i + 1)) {
            if (Character.isLetter(token.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLetter(String token) {
        return token.chars().anyMatch(Character::isLetter);
    }

    private static boolean hasDigit(String token) {
        return token.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
