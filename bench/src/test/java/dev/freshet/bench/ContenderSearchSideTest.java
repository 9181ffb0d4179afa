package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.bench.contender.Found;
import dev.freshet.bench.contender.Hit;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Search;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderSearchSideTest {
    private static final PageChange A = new PageChange("a.md", "one");
    private static final PageChange B = new PageChange("b.md", "two");
    private static final PageChange C = new PageChange("c.md", "three");

    private final List<Search> asked = new ArrayList<>();

    @Test
    void aDocumentStandsWhereItsBestChunkDoes() throws IOException {
        SearchSide side = side(10, hit(B), hit(A), hit(B), hit(C));

        assertThat(side.ask("why").documents()).containsExactly("b.md", "a.md", "c.md");
    }

    @Test
    void chunksAreAskedForSoThatEnoughDocumentsComeAndNoMoreAreCounted() throws IOException {
        SearchSide side = side(2, hit(B), hit(B), hit(A), hit(C));

        assertThat(side.ask("why").documents()).containsExactly("b.md", "a.md");
        assertThat(asked).containsExactly(new Search(Search.Method.EXACT, "why", 6));
    }

    @Test
    void theTimeIsTheToolsOwn() throws IOException {
        assertThat(side(2, hit(A)).ask("why").millis()).isEqualTo(12.5);
    }

    @Test
    void aPageThatNobodyGaveItIsABug() {
        SearchSide side = side(2, hit(new PageChange("other.md", "four")));

        assertThatIllegalStateException().isThrownBy(() -> side.ask("why")).withMessageContaining("tool");
    }

    private SearchSide side(int documents, Hit... hits) {
        return new ContenderSearchSide(
                "tool",
                search -> {
                    asked.add(search);
                    return new Found(12.5, List.of(hits));
                },
                Search.Method.EXACT,
                List.of(A, B, C),
                documents);
    }

    private static Hit hit(PageChange page) {
        return new Hit(page.key(), 0.5);
    }
}
