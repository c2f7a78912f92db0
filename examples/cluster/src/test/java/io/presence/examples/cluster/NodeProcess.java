package io.presence.examples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A node in a process of its own. Lines are typed, and printed lines are awaited with a deadline. */
final class NodeProcess implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(60);

    /** The logs of the nodes: a node that is killed makes the others complain. */
    private static final Path ERRORS = Path.of("target", "node-errors.log");

    private final Process process;
    private final List<String> printed = new ArrayList<>();
    private int read;
    private boolean isEnded;

    private NodeProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a main class with the class path of this JVM. */
    static NodeProcess start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(args));
        return new NodeProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(ERRORS.toFile()))
                .start());
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // The process was killed.
        }
        end();
    }

    private synchronized void add(String line) {
        printed.add(line);
        notifyAll();
    }

    private synchronized void end() {
        isEnded = true;
        notifyAll();
    }

    void type(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line after the one that was awaited last, and returns it. */
    synchronized String await(Predicate<String> wanted, String description) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        for (long left = DEADLINE.toNanos(); left > 0; left = end - System.nanoTime()) {
            while (read < printed.size()) {
                String line = printed.get(read++);
                if (wanted.test(line)) {
                    return line;
                }
            }
            if (isEnded) {
                break;
            }
            pause(left / 1_000_000 + 1);
        }
        throw new AssertionError("process " + process.pid() + " must print " + description + ": " + printed);
    }

    String await(String line) {
        return await(line::equals, line);
    }

    /** Types a command until its answer is this line. The first word of the answer may differ from time to time. */
    String awaitAnswer(String command, String wanted) {
        String ending = wanted.substring(wanted.indexOf(' '));
        long end = System.nanoTime() + DEADLINE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            type(command);
            last = await(line -> line.endsWith(ending), "a line that ends with" + ending);
            if (last.equals(wanted)) {
                return last;
            }
            pauseAMoment();
        }
        throw new AssertionError("answer to " + command + " must be " + wanted + ": " + last);
    }

    synchronized List<String> printed() {
        return List.copyOf(printed);
    }

    private synchronized void pauseAMoment() {
        pause(20);
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the process as a crash does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends a signal by its name, such as STOP. */
    void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill must accept -" + name + ": " + exit);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the end of the process, and returns its exit code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " must end: " + printed());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
