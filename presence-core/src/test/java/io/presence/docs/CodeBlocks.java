package io.presence.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Finds the code blocks of a checkout: of each page (.md) and of the javadoc of each main source. */
final class CodeBlocks {

    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", "test");
    private static final String JAVADOC_START = "<pre>{@code";
    private static final String JAVADOC_END = "}</pre>";

    private CodeBlocks() {}

    /** All blocks of a checkout, by file. */
    static List<CodeBlock> of(Path root) {
        List<CodeBlock> found = new ArrayList<>();
        for (Path file : files(root)) {
            String name = root.relativize(file).toString().replace('\\', '/');
            found.addAll(name.endsWith(".md") ? ofPage(name, lines(file)) : ofJavadoc(name, lines(file)));
        }
        return found;
    }

    private static List<Path> files(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean isSkipped = SKIPPED.contains(String.valueOf(folder.getFileName())) && !folder.equals(root);
                    return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.toString();
                    if (name.endsWith(".md") || (name.endsWith(".java") && name.contains("main"))) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(files);
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a page. */
    static List<CodeBlock> ofPage(String file, List<String> lines) {
        List<CodeBlock> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String fence = lines.get(i).strip();
            if (!fence.startsWith("```")) {
                continue;
            }
            int start = i + 1;
            do {
                i++;
            } while (!lines.get(i).strip().equals("```"));
            found.add(new CodeBlock(file, start + 1, fence.substring(3), List.copyOf(lines.subList(start, i))));
        }
        return found;
    }

    /** The blocks of code in the comments of a source. */
    static List<CodeBlock> ofJavadoc(String file, List<String> lines) {
        List<CodeBlock> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).contains("* " + JAVADOC_START)) {
                continue;
            }
            int start = i + 1;
            List<String> code = new ArrayList<>();
            while (!lines.get(++i).contains("* " + JAVADOC_END)) {
                code.add(lines.get(i).replaceFirst("^ *\\* ?", ""));
            }
            boolean isCommand = code.get(0).startsWith("java -");
            found.add(new CodeBlock(file, start + 1, isCommand ? "sh" : "java", List.copyOf(code)));
        }
        return found;
    }
}
