package io.presence.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The test classes of the modules, and the guarantees that their methods hold, as the sources have them. */
final class TestSources {

    private static final List<String> FOLDERS =
            List.of("presence-query/src/test/java", "presence-core/src/test/java", "presence-bench/src/test/java");
    private static final String STRESS = "presence-bench/src/main/java";
    private static final Pattern METHOD = Pattern.compile(" (\\w+)\\(");
    private static final Pattern PROMISE = Pattern.compile(" *@Promise\\(\"([^\"]+)\"\\)");

    /** A test method with the key of a guarantee. */
    record Promised(String key, String test, String method) {}

    private final Map<String, List<String>> tests = new HashMap<>();
    private final List<String> benchmarkTests = new ArrayList<>();
    private final List<String> stressTests = new ArrayList<>();
    private final List<Promised> promises = new ArrayList<>();

    private TestSources() {}

    static TestSources of(Path root) {
        TestSources sources = new TestSources();
        for (String folder : FOLDERS) {
            files(root.resolve(folder)).forEach(file -> sources.add(file, folder.startsWith("presence-bench")));
        }
        files(root.resolve(STRESS)).map(TestSources::name).forEach(sources.stressTests::add);
        return sources;
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }

    private void add(Path file, boolean isOfBenchmarks) {
        String test = name(file);
        List<String> keys = new ArrayList<>();
        for (String line : lines(file)) {
            Matcher promise = PROMISE.matcher(line);
            if (promise.matches()) {
                keys.add(promise.group(1));
            } else if (!keys.isEmpty() && !line.strip().startsWith("@")) {
                String method = method(line);
                keys.forEach(key -> promises.add(new Promised(key, test, method)));
                keys.clear();
            }
        }
        if (test.endsWith("Test")) {
            tests.computeIfAbsent(test, name -> new ArrayList<>()).addAll(lines(file));
        }
        if (isOfBenchmarks) {
            benchmarkTests.add(test);
        }
    }

    private static String method(String line) {
        Matcher method = METHOD.matcher(line);
        if (!method.find()) {
            throw new AssertionError("a method must follow @Promise: " + line);
        }
        return method.group(1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a test class, or a test method if named as {@code XTest.method}. */
    boolean hasTest(String name) {
        String[] parts = name.split("\\.", -1);
        List<String> lines = tests.get(parts[0]);
        return lines != null
                && (parts.length == 1 || lines.stream().anyMatch(line -> line.contains(" " + parts[1] + "(")));
    }

    boolean hasStressTest(String name) {
        return stressTests.contains(name);
    }

    boolean isOfBenchmarks(String test) {
        return benchmarkTests.contains(test);
    }

    List<Promised> promises() {
        return promises;
    }
}
