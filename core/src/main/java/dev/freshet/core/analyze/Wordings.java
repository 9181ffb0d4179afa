package dev.freshet.core.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Other wordings of a query as they are gathered: none twice, none the query itself, none empty, and no more than are wanted. Case, white
 * space, quotation marks and the marks between sentences make no difference.
 */
public final class Wordings {
    private static final String UNIMPORTANT = "?!.,;:\"“”„«»";

    private final int most;
    private final int longest;
    private final List<String> wordings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * None so far.
     *
     * @param most as many as are wanted
     * @param longest characters of a wording
     */
    public Wordings(String query, int most, int longest) {
        this.most = most;
        this.longest = longest;
        seen.add("");
        seen.add(key(query));
    }

    /** Takes a wording if it is another one. */
    public void add(String wording) {
        String text = wording.strip();
        if (!isFull() && text.length() <= longest && seen.add(key(text))) {
            wordings.add(text);
        }
    }

    /** Whether there are as many as are wanted. */
    public boolean isFull() {
        return wordings.size() >= most;
    }

    /** In the order in which they came. */
    public List<String> all() {
        return List.copyOf(wordings);
    }

    private static String key(String text) {
        StringBuilder key = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && UNIMPORTANT.indexOf(c) < 0) {
                key.append(c);
            }
        }
        return LowerCase.of(key.toString());
    }
}
