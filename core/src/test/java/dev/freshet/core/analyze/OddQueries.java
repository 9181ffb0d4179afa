package dev.freshet.core.analyze;

import java.util.List;

/** Queries that nobody asks who wants an answer. */
final class OddQueries {
    private OddQueries() {}

    /** Pieces whose repetition has made analyzers slow, or wrong, somewhere. */
    static List<String> baits() {
        return List.of(
                "a",
                "a_",
                "aB",
                "A-1",
                "1.1.",
                "a.b.",
                "ab.cd",
                "a/",
                "ab/c.d/",
                "--a-",
                "#1",
                "0x",
                "0123456789abcdef",
                "\"",
                "“",
                "„“",
                "« ",
                "\"a ",
                "'",
                "a'",
                "? ",
                "a b? ",
                "what is a. ",
                "please hi tell me ",
                "please hi? ",
                "how do i ",
                "how ",
                "compare ",
                "difference between and ",
                "vs ",
                "and how ",
                "what what what? ",
                "1999-",
                "2024 and ",
                "q1 2024 ",
                "31 Jan ",
                "Jan ",
                "Main.java:1 ",
                ":1",
                "ORA-1 ",
                "ERR_A",
                "503 error ",
                "(",
                ")\"",
                "wie x ",
                "C++ ",
                "\uD83D",
                "\uDE00",
                "e\u0301",
                "\u0301",
                "İ",
                "字",
                "\u200b",
                "\0",
                "\n",
                "...",
                "<script>",
                "${jndi:ldap://x}");
    }

    static List<String> queries() {
        return baits().stream()
                .flatMap(bait -> List.of(bait, bait.repeat(4_000 / bait.length())).stream())
                .toList();
    }
}
