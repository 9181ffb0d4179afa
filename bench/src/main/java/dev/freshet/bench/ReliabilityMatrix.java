package dev.freshet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Writes {@code docs/reliability.md}: which tests stand for which fault, and how they ended in the last run. The marks are
 * {@code @Survives} in the sources of the tests, the results are the reports of Surefire and Failsafe.
 */
public final class ReliabilityMatrix {
    private static final Pattern MARK =
            Pattern.compile("@Survives\\((?<faults>[^)]*)\\)(?:(?!@Survives)[\\s\\S])*?void (?<method>\\w+)\\(");
    private static final Pattern FAULT = Pattern.compile("\"([FB]\\d+)\"");
    private static final Pattern REPORTS = Pattern.compile("/(surefire|failsafe)-reports/TEST-");
    private static final Path DOCUMENT = Path.of("docs/reliability.md");

    private record Fault(String id, String what, String expected) {}

    /** A test by its class and method. */
    private record Test(String type, String method) {
        String name() {
            return type + "." + method;
        }
    }

    private record Result(boolean passed, double seconds) {
        Result and(Result other) {
            return new Result(passed && other.passed, seconds + other.seconds);
        }
    }

    private ReliabilityMatrix() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Map<String, List<Test>> tests = marks(files(root, ".java"));
        Map<String, Result> results = results(files(root, ".xml"));
        List<String> problems = new ArrayList<>();
        Files.writeString(root.resolve(DOCUMENT), page(faults(), tests, results, problems));
        problems.forEach(System.err::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** The faults that nobody has a test for; empty when all is well. */
    static List<String> withoutTest(Path root) throws IOException {
        Map<String, List<Test>> tests = marks(files(root, ".java"));
        return faults().stream()
                .map(Fault::id)
                .filter(id -> !tests.containsKey(id))
                .toList();
    }

    private static String page(
            List<Fault> faults, Map<String, List<Test>> tests, Map<String, Result> results, List<String> problems) {
        StringBuilder page = new StringBuilder("""
                # What Freshet survives

                After every fault the same is checked: the index equals the fold of the log (documents, texts, metadata, ACLs,
                versions, chunk sets), and every record ended as exactly one of applied, unchanged, superseded or
                dead-lettered. Tests named `…IT` work on real Kafka, Flink and OpenSearch processes, which they kill.

                This page is written by `bin/freshet test && bench/run ReliabilityMatrix`: a test says with `@Survives` which
                faults it stands for, and fails without the behaviour.

                | # | fault | what must happen | test | result |
                |---|---|---|---|---|
                """);
        for (Fault fault : faults) {
            List<Test> mine = tests.getOrDefault(fault.id(), List.of());
            if (mine.isEmpty()) {
                problems.add(fault.id() + " has no test");
            }
            page.append("| %s | %s | %s | %s | %s |%n"
                    .formatted(
                            fault.id(),
                            fault.what(),
                            fault.expected(),
                            mine.stream().map(test -> "`" + test.name() + "`").collect(Collectors.joining("<br>")),
                            mine.stream()
                                    .map(test -> outcome(test, results, problems))
                                    .collect(Collectors.joining("<br>"))));
        }
        return page.toString();
    }

    private static String outcome(Test test, Map<String, Result> results, List<String> problems) {
        Result result = results.get(test.name());
        if (result == null) {
            problems.add(test.name() + " was not run");
            return "not run";
        }
        if (!result.passed()) {
            problems.add(test.name() + " failed");
            return "**failed**";
        }
        return "passed, %.1f s".formatted(result.seconds());
    }

    private static List<Fault> faults() throws IOException {
        try (var in = ReliabilityMatrix.class.getResourceAsStream("faults.tsv")) {
            if (in == null) {
                throw new IllegalStateException("faults.tsv is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(columns -> new Fault(columns[0], columns[1], columns[2]))
                    .toList();
        }
    }

    private static Map<String, List<Test>> marks(List<Path> sources) throws IOException {
        Map<String, List<Test>> marks = new TreeMap<>();
        for (Path source : sources) {
            if (!source.toString().contains("src/test/java")) {
                continue;
            }
            Matcher mark = MARK.matcher(Files.readString(source));
            while (mark.find()) {
                String type = source.getFileName().toString().replace(".java", "");
                Test test = new Test(type, mark.group("method"));
                FAULT.matcher(mark.group("faults"))
                        .results()
                        .forEach(fault -> marks.computeIfAbsent(fault.group(1), id -> new ArrayList<>())
                                .add(test));
            }
        }
        return marks;
    }

    /** By class and method; a parameterised test passed when all of its runs did. */
    private static Map<String, Result> results(List<Path> reports) {
        Map<String, Result> results = new LinkedHashMap<>();
        for (Path report : reports) {
            if (!REPORTS.matcher(report.toString()).find()) {
                continue;
            }
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String type = test.getAttribute("classname");
                String method = test.getAttribute("name").replaceFirst("\\W.*$", "");
                boolean passed = test.getElementsByTagName("failure").getLength() == 0
                        && test.getElementsByTagName("error").getLength() == 0
                        && test.getElementsByTagName("skipped").getLength() == 0;
                results.merge(
                        type.substring(type.lastIndexOf('.') + 1) + "." + method,
                        new Result(passed, Double.parseDouble(test.getAttribute("time"))),
                        Result::and);
            }
        }
        return results;
    }

    private static Element parse(Path report) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(report + " is not a test report", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path root, String suffix) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean uninteresting = name.startsWith(".") || name.equals("stacks") || name.equals("classes");
                return uninteresting ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(suffix)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }
}
