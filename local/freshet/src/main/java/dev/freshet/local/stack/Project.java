package dev.freshet.local.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built project: where the class paths and jars of its processes lie.
 *
 * @param root folder of the root {@code pom.xml}
 */
public record Project(Path root) {

    /** Walks up from a folder to the project's root, for instance from the folder of the module under test. */
    public static Project around(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("local/opensearch/pom.xml"))) {
                return new Project(at);
            }
        }
        throw new StackException("no Freshet project in " + folder.toAbsolutePath() + " or above it");
    }

    public Path ingestJob() {
        return root.resolve("jobs/ingest/target/ingest-job.jar");
    }

    public Path evalJob() {
        return root.resolve("jobs/eval/target/eval-job.jar");
    }

    Path flinkConfiguration() {
        return root.resolve("flink-conf/local");
    }

    /** The class path on which the main class of a module runs: its jar, its dependencies, what its build unpacked. */
    String classPath(String module) {
        Path target = root.resolve(module).resolve("target");
        Path dependencies = target.resolve("runtime.classpath");
        if (!Files.isRegularFile(dependencies)) {
            throw notBuilt(module, dependencies);
        }
        try {
            List<String> entries = new ArrayList<>();
            entries.add(jar(module, target).toString());
            entries.add(Files.readString(dependencies).strip());
            entries.addAll(unpacked(target.resolve("runtime-lib")));
            return String.join(File.pathSeparator, entries);
        } catch (IOException e) {
            throw new StackException("cannot read the class path of " + module + ": " + e, e);
        }
    }

    private static List<String> unpacked(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString).sorted().toList();
        }
    }

    private static Path jar(String module, Path target) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-[0-9]*.jar")) {
            for (Path jar : jars) {
                String name = jar.getFileName().toString();
                if (!name.contains("-sources") && !name.contains("-tests") && !name.startsWith("original-")) {
                    return jar;
                }
            }
        }
        throw notBuilt(module, target.resolve("*.jar"));
    }

    /**
     * The same with copies of the project's own jars: a build replaces those while processes run from them.
     *
     * @param folder where the copies go
     */
    public String stagedClassPath(String module, Path folder) {
        Path staged = folder.resolve(module.replace('/', '-'));
        List<String> entries = new ArrayList<>();
        try {
            Files.createDirectories(staged);
            for (String entry : classPath(module).split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                entries.add(path.startsWith(root) ? copy(path, staged).toString() : entry);
            }
        } catch (IOException e) {
            throw new StackException("cannot copy the jars of " + module + " to " + staged + ": " + e, e);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path copy(Path jar, Path folder) throws IOException {
        Path copy = folder.resolve(jar.getFileName());
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    static StackException notBuilt(String module, Path missing) {
        return new StackException(
                module + " is not built: " + missing + " is missing. Build it with: mvn -DskipTests package");
    }
}
