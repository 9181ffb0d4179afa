package dev.freshet.local.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err errors and progress
 * @param interactive whether a person watches
 * @param coloured whether colours help
 * @param width columns
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean coloured, int width) {

    private static final int DEFAULT_WIDTH = 100;

    /** Reads what the launcher found out: {@code FRESHET_TTY}, {@code NO_COLOR} and {@code COLUMNS}. */
    public static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean interactive = environment.getOrDefault("FRESHET_TTY", "").equals("1");
        boolean plain = environment.containsKey("NO_COLOR")
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                out, err, interactive, interactive && !plain, width(environment.getOrDefault("COLUMNS", "")));
    }

    private static int width(String columns) {
        try {
            return Math.clamp(Integer.parseInt(columns), 40, 160);
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    public void line(String text) {
        out.println(text);
    }

    public void error(String text) {
        err.println(coloured ? "\u001b[31mfreshet:\u001b[0m " + text : "freshet: " + text);
    }

    public String bold(String text) {
        return coloured ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    public String faint(String text) {
        return coloured ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    public String good(String text) {
        return coloured ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    public String bad(String text) {
        return coloured ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /** Text from outside, without what a terminal would obey. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
    }
}
