package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html><head><title>Restarting · Handbook</title><style>p { color: red }</style></head>
            <body>
            <header class="site"><a href="/">Handbook</a><form role="search"><input value="Find"></form></header>
            <nav><ul><li><a href="/a">Install</a></li><li><a href="/b">Upgrade</a></li></ul></nav>
            <div class="layout">
              <aside><h2>See also</h2><p>Backups</p></aside>
              <main>
                <article>
                  <header><h1>Restarting <em>safely</em></h1><p>For operators.</p></header>
                  <p>Stop the job with a
                     <b>savepoint</b> first.<br>Then wait.</p>
                  <h2>Steps</h2>
                  <ol><li>Pause the job<ul><li>from the console</li><li>or the API</li></ul></li><li>Wait</li></ol>
                  <pre><code class="language-sh">freshet pause
                freshet status
            </code></pre>
                  <blockquote><p>Never kill it.</p></blockquote>
                  <table><thead><tr><th>Signal</th><th>Effect</th></tr></thead>
                  <tbody><tr><td>TERM</td><td>drains | stops</td></tr><tr><td>KILL</td><td></td></tr></tbody></table>
                  <p style="display: none">hidden words</p><p hidden>more of them</p>
                  <dl><dt>RPO</dt><dd>Ten seconds</dd></dl>
                  <script>track('x')</script>
                </article>
              </main>
            </div>
            <footer>© Example</footer>
            </body></html>
            """;

    @Test
    void theMainTextOfAPageIsLeftWithItsStructure() {
        MarkdownWriter markdown = writer();

        assertThat(HtmlText.write(PAGE, markdown)).isEqualTo("Restarting · Handbook");
        assertThat(markdown.text()).isEqualTo("""
                # Restarting safely

                For operators.

                Stop the job with a savepoint first.
                Then wait.

                ## Steps

                1. Pause the job
                   - from the console
                   - or the API
                2. Wait

                ```
                freshet pause
                    freshet status
                ```

                > Never kill it.

                | Signal | Effect |
                | --- | --- |
                | TERM | drains \\| stops |
                | KILL |  |

                - RPO

                  Ten seconds""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>one<p>two                       | one  two",
                "text alone                         | text alone",
                "<div>a<div>b</div>c</div>          | a  b  c",
                "<table><tr><td><p>frame</table>    | frame",
                "<nav>only navigation</nav>         | only navigation",
                "<h1>a</h1><header>b</header><p>c   | # a  c",
                "<header><h1>a</h1></header><p>c    | # a  c",
                "a <code>b()</code> c               | a `b()` c",
                "<p>a&nbsp;&lt;b&gt; &amp;amp; c     | a <b> &amp; c",
                "<p style='visibility:HIDDEN'>x<p>y | y",
            })
    void whatIsNotMainTextIsLeftOut(String html, String markdown) {
        assertThat(written(html).replace("\n\n", "  ")).isEqualTo(markdown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"# a", "- a", "1. a", "> a", "---", "===", "```", "| a | b |", "<b>", "[a]: b", "+ a", "12) a"})
    void textThatLooksLikeMarkdownStaysText(String text) {
        String html = "<p>" + text.replace("<", "&lt;") + "</p>";

        assertThat(Rendered.paragraphs(written(html))).containsExactly(text);
    }

    private static String written(String html) {
        MarkdownWriter markdown = writer();
        @Nullable String unused = HtmlText.write(html, markdown);
        return markdown.text();
    }

    private static MarkdownWriter writer() {
        return new MarkdownWriter(100_000, 5);
    }
}
