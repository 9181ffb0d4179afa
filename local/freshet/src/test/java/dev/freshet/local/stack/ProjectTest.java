package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {

    @TempDir
    private Path root;

    private Path target = Path.of("");

    @BeforeEach
    void project() throws Exception {
        target = Files.createDirectories(root.resolve("local/opensearch/target"));
        Files.createFile(root.resolve("local/opensearch/pom.xml"));
    }

    @Test
    void isFoundFromAnyFolderInIt() {
        assertThat(Project.around(target)).isEqualTo(new Project(root));
        assertThatThrownBy(() -> Project.around(Path.of("/"))).hasMessageContaining("no Freshet project in");
    }

    @Test
    void aModuleThatIsNotBuiltIsNamed() {
        assertThatThrownBy(() -> new Project(root).classPath("local/opensearch"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("local/opensearch is not built")
                .hasMessageContaining("mvn -DskipTests package");
    }

    @Test
    void aStagedClassPathSurvivesABuild() throws Exception {
        Path jar = Files.writeString(target.resolve("local-opensearch-0.1.0.jar"), "old");
        Files.createDirectories(target.resolve("runtime-lib"));
        Files.createFile(target.resolve("runtime-lib/plugin.jar"));
        Files.writeString(target.resolve("runtime.classpath"), "/elsewhere/library.jar");

        String staged = new Project(root).stagedClassPath("local/opensearch", root.resolve("home/lib"));
        Files.writeString(jar, "new");

        List<String> entries = List.of(staged.split(File.pathSeparator, -1));
        assertThat(entries).hasSize(3).contains("/elsewhere/library.jar");
        assertThat(Path.of(entries.getFirst()))
                .startsWith(root.resolve("home/lib"))
                .hasContent("old");
        assertThat(entries.getLast()).endsWith("plugin.jar");
    }
}
