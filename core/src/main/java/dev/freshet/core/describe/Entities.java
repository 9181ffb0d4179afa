package dev.freshet.core.describe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what people look for literally: dates, versions, and identifiers such as tickets, advisories and names in code. By
 * rules that take one look at every character, with no model. Of a query it finds what it found of the chunks.
 */
public final class Entities {
    private static final int MOST = 32;
    private static final int LONGEST = 64;
    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final int LETTERS_OF_A_MONTH = 3;
    private static final BitSet MONTH_BEGINNINGS = new BitSet();

    static {
        MONTHS.forEach(month -> MONTH_BEGINNINGS.set(beginning(month, 0)));
    }

    /** Alternatives in the order of preference; every one begins and ends at the edge of a word. */
    private static final Pattern ENTITY = Pattern.compile("(?<![\\w-])(?:(?<!\\.)(?:"
            + "(?<iso>(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))"
            + "|(?<daymonth>(?:0?[1-9]|[12]\\d|3[01])\\.? (?i:" + MONTH + ")\\.?,? (?:19|20)\\d\\d)"
            + "|(?<monthday>(?i:" + MONTH + ")\\.? (?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\\d\\d)"
            + "|(?<address>\\d{1,3}(?:\\.\\d{1,3}){3})"
            + "|(?<version>v\\d{1,5}(?:\\.\\d{1,5}){0,3}(?:-[0-9A-Za-z]{1,16})?|\\d{1,5}(?:\\.\\d{1,5}){2}(?:-[0-9A-Za-z]{1,16})?))"
            + "|(?<code>[A-Z][A-Z0-9]{1,15}(?:-\\d{1,8}){1,3}"
            + "|[A-Za-z][A-Za-z0-9]{0,40}(?:_[A-Za-z0-9]{1,40}){1,8}"
            + "|[a-z]{1,40}(?:[A-Z][a-z0-9]{1,40}){1,8}"
            + "|(?:[A-Z][a-z0-9]{1,40}){2,8})"
            + ")(?![\\w-]|\\.\\d)");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Entities() {}

    /** As {@code kind:value}, each once, in the order of the text; the form in which the index holds those of a chunk. */
    public static List<String> of(String text) {
        Set<String> found = new LinkedHashSet<>();
        visit(text, matcher -> {
            String entity = entity(matcher);
            if (entity.length() <= LONGEST) {
                found.add(entity);
            }
            return found.size() < MOST;
        });
        return List.copyOf(found);
    }

    /** The same with their places, each as often as it is there, up to {@value #MOST}. */
    public static List<Mention> mentions(String text) {
        List<Mention> found = new ArrayList<>();
        visit(text, matcher -> {
            String entity = entity(matcher);
            if (entity.length() <= LONGEST) {
                found.add(new Mention(entity, matcher.start(), matcher.end()));
            }
            return found.size() < MOST;
        });
        return List.copyOf(found);
    }

    private static void visit(String text, Predicate<Matcher> goesOn) {
        Matcher matcher = ENTITY.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        boolean on = true;
        for (int start = 0; start < text.length() && on; ) {
            int end = endOfWord(text, start);
            boolean looks = end > start && mayBegin(text, start, end);
            if (looks && matcher.region(start, text.length()).lookingAt()) {
                on = goesOn.test(matcher);
                end = matcher.end();
            }
            start = Math.max(end, start + 1);
        }
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && isInWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isInWord(char c) {
        return isLower(c) || isUpper(c) || isDigit(c) || c == '_' || c == '-';
    }

    /** Most words are no entity, and one look tells: no digit, no underscore, no capital inside, no month. */
    private static boolean mayBegin(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c) || c == '_' || (i > start && isUpper(c))) {
                return true;
            }
        }
        return end - start >= LETTERS_OF_A_MONTH && MONTH_BEGINNINGS.get(beginning(text, start));
    }

    /** Of the first letters, in any case, one number: a letter more has the next five bits. */
    private static int beginning(CharSequence text, int start) {
        int number = 0;
        for (int i = start; i < start + LETTERS_OF_A_MONTH; i++) {
            number = (number << 5) | (text.charAt(i) & 0x1f);
        }
        return number;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String entity(Matcher matcher) {
        String words = matcher.group();
        if (matcher.group("iso") != null) {
            return "date:" + words;
        }
        if (matcher.group("daymonth") != null || matcher.group("monthday") != null) {
            return "date:" + isoDate(words);
        }
        if (matcher.group("version") != null) {
            return "version:" + (words.startsWith("v") ? words.substring(1) : words);
        }
        return "identifier:" + words;
    }

    private static String isoDate(String words) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(words);
        while (matcher.find()) {
            numbers.add(Integer.valueOf(matcher.group()));
        }
        String lower = words.toLowerCase(Locale.ROOT);
        int month = 1;
        while (!lower.contains(MONTHS.get(month - 1))) {
            month++;
        }
        return String.format(Locale.ROOT, "%04d-%02d-%02d", numbers.getLast(), month, numbers.getFirst());
    }
}
