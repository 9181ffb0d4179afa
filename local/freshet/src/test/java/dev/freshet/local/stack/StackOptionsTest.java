package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackOptionsTest {
    @TempDir
    private Path home;

    @Test
    void changesFollowEachOtherAndTheRestStays() {
        StackOptions first = StackOptions.wholeForTests(home, "--embedder", "hash");

        StackOptions last = first.withTaskManagerFlags("-Xmx1g")
                .withFlinkOptions("s3.endpoint=x")
                .withStartDeadline(Duration.ofSeconds(7))
                .withoutApi();

        assertThat(last.taskManagerFlags()).containsExactly("-Xmx1g");
        assertThat(last.flinkOptions()).containsExactly("s3.endpoint=x");
        assertThat(last.startDeadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(last.components()).isEqualTo(EnumSet.complementOf(EnumSet.of(Component.API)));
        assertThat(last)
                .usingRecursiveComparison()
                .ignoringFields("taskManagerFlags", "flinkOptions", "startDeadline", "components")
                .isEqualTo(first);
        assertThat(last.withIngestArguments("--embedder", "minilm").ingestArguments())
                .containsExactly("--embedder", "minilm");
    }

    @Test
    void aPartOfAStackRunsWithoutTheJobThatNeedsTheOthers() {
        StackOptions whole = StackOptions.wholeForTests(home);

        StackOptions part = whole.only(Component.OPENSEARCH, Component.API);

        assertThat(part.components()).containsExactlyInAnyOrder(Component.OPENSEARCH, Component.API);
        assertThat(part.ingestJob()).isFalse();
        assertThat(part.ports()).isEqualTo(whole.ports());
    }
}
