package io.presence.examples.cluster;

import io.presence.jgroups.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Nodes in processes of their own, which are killed, paused, cut off and restarted under load. */
final class ClusterTrial implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 20_000_000;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private final int presences;
    private final int many;
    private final Duration pause;
    private final Duration suspectAfter;
    private final List<Integer> ports = FreePorts.pairs(NAMES.size());
    private final Map<String, NodeProcess> nodes = new HashMap<>();
    private int kills;

    private ClusterTrial(int presences, int many, Duration pause, Duration suspectAfter) {
        this.presences = presences;
        this.many = many;
        this.pause = pause;
        this.suspectAfter = suspectAfter;
    }

    /** Runs all trials; with {@code short} on fewer presences and with shorter times. Or one of them, repeatedly. */
    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "all";
        int number = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        Duration pause = Duration.ofSeconds(what.equals("pause") ? number : 12);
        try (ClusterTrial trial = what.equals("short")
                ? new ClusterTrial(1_000, 20_000, Duration.ofSeconds(5), Duration.ofSeconds(2))
                : new ClusterTrial(10_000, 200_000, pause, Duration.ofSeconds(6))) {
            trial.startThree();
            trial.run(what, number);
        }
    }

    private void run(String what, int number) throws IOException {
        switch (what) {
            case "crashes" -> repeat("kill -9 to gone", number, this::kill);
            case "cuts" -> repeat("heal of a cut to identical", number, this::cut);
            case "pairs" -> repeat("heal of a cut between two of three to identical", number, this::part);
            case "pause" -> pause();
            case "all", "short" -> runAll();
            default -> throw new IllegalArgumentException("no such trial: " + what);
        }
    }

    private void runAll() throws IOException {
        kill();
        pause();
        cut();
        rollingRestart();
        joinMany();
    }

    /** A trial that returns the time that it measures, in nanoseconds. */
    private interface Timed {
        long run() throws IOException;
    }

    private static void repeat(String trial, int times, Timed once) throws IOException {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            took.add(once.run());
        }
        took.sort(null);
        System.out.printf(
                "%s, %d times: median %.2f s, p90 %.2f s, longest %.2f s%n",
                trial,
                times,
                took.get(times / 2) / 1e9,
                took.get((9 * times + 9) / 10 - 1) / 1e9,
                took.get(times - 1) / 1e9);
    }

    private void startThree() throws IOException {
        long start = System.nanoTime();
        for (String name : NAMES.subList(0, 3)) {
            start(name);
        }
        NAMES.subList(0, 3).forEach(this::awaitReady);
        NAMES.subList(0, 3).forEach(name -> load(name, presences));
        awaitSame(3L * presences, "a", "b", "c");
        report("three processes started, " + 3 * presences + " presences on each", start);
    }

    /** The presences of a killed node leave once on each other node, and nothing else leaves. */
    private long kill() throws IOException {
        kills++;
        long start = System.nanoTime();
        nodes.get("c").kill();
        awaitSame(2L * presences, "a", "b");
        long took = report("kill -9 to gone", start);
        checkExits("a", "{c=" + kills * presences + "}");
        checkExits("b", "{c=" + kills * presences + "}");
        nodes.get("c").close();
        start("c");
        awaitReady("c");
        load("c", presences);
        awaitSame(3L * presences, "a", "b", "c");
        return took;
    }

    /** A paused node is lost and returns; neither it nor the others remove what lives on. */
    private void pause() {
        type("a", "churn");
        type("b", "churn");
        nodes.get("c").signal("STOP");
        long stopped = System.nanoTime();
        await("c must be lost", () -> sum("a").startsWith("SUM " + 2 * presences + " "));
        report("SIGSTOP to gone", stopped);
        await("the pause must last", () -> System.nanoTime() - stopped > pause.toNanos());
        calm("a");
        calm("b");
        nodes.get("c").signal("CONT");
        long start = System.nanoTime();
        awaitSame(3L * presences, "a", "b", "c");
        report("SIGCONT after " + pause.toSeconds() + " s to identical", start);
        checkExits("a", "{c=" + (kills + 1) * presences + "}");
        checkExits("b", "{c=" + (kills + 1) * presences + "}");
    }

    /** A node is cut off from both others. */
    private long cut() {
        type("c", "cut");
        return heal(presences, "c");
    }

    /** Two of three nodes are cut off from each other. */
    private long part() {
        type("a", "part c");
        type("c", "part a");
        return heal(2L * presences, "a", "c");
    }

    /**
     * Waits until {@code a} and {@code c} have lost each other, and heals the cut.
     *
     * @param left the presences that {@code c} then shows
     */
    private long heal(long left, String... names) {
        long cut = System.nanoTime();
        await("c must be alone", () -> sum("c").startsWith("SUM " + left + " "));
        await("c must be lost", () -> sum("a").startsWith("SUM " + 2 * presences + " "));
        report("cut to gone on both sides", cut);
        for (String name : names) {
            type(name, "heal");
        }
        long start = System.nanoTime();
        awaitSame(3L * presences, "a", "b", "c");
        return report("heal to identical", start);
    }

    /** Each node is closed and started again, and its clients return within the hand-over: none is seen to leave. */
    private void rollingRestart() throws IOException {
        long start = System.nanoTime();
        for (String name : List.of("b", "c")) {
            String before = exits("a");
            NodeProcess old = nodes.get(name);
            old.type("quit");
            old.awaitEnd();
            start(name);
            awaitReady(name);
            load(name, presences);
            awaitSame(3L * presences, "a", "b", "c");
            checkExits("a", before);
        }
        report("rolling restart of two nodes, nobody seen to leave", start);
    }

    /** A node joins while there are many presences that change. */
    private void joinMany() throws IOException {
        load("a", many);
        awaitSame(many + 2L * presences, "a", "b", "c");
        type("a", "churn");
        start("d");
        awaitReady("d");
        long start = System.nanoTime();
        await("d must show all", () -> sum("d").startsWith("SUM " + (many + 2 * presences) + " "));
        report("join with " + (many + 2 * presences) + " presences that change", start);
        calm("a");
        awaitSame(many + 2L * presences, "a", "b", "c", "d");
    }

    private void start(String name) throws IOException {
        String peers = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        nodes.put(
                name,
                NodeProcess.start(
                        TrialNode.class,
                        name,
                        String.valueOf(ports.get(NAMES.indexOf(name))),
                        peers,
                        String.valueOf(suspectAfter.toMillis()),
                        "30000"));
    }

    private void awaitReady(String name) {
        nodes.get(name).await("READY");
    }

    private void load(String name, int number) {
        type(name, "load " + number);
        nodes.get(name).await("LOADED");
    }

    private void calm(String name) {
        type(name, "calm");
        nodes.get(name).await("CALM");
    }

    private void type(String name, String line) {
        nodes.get(name).type(line);
    }

    private String sum(String name) {
        type(name, "sum");
        return nodes.get(name).await(line -> line.startsWith("SUM "), "its sum");
    }

    private String exits(String name) {
        String sum = sum(name);
        return sum.substring(sum.indexOf('{'));
    }

    private void checkExits(String name, String wanted) {
        String found = exits(name);
        if (!found.equals(wanted)) {
            throw new AssertionError("exits on " + name + " must be " + wanted + ": " + found);
        }
    }

    /** Waits until all show this number of presences, and the same. */
    private void awaitSame(long number, String... names) {
        Predicate<String> isWanted = sum -> sum.startsWith("SUM " + number + " ");
        await(String.join(", ", names) + " must show the same " + number, () -> {
            List<String> sums = new ArrayList<>();
            for (String name : names) {
                String sum = sum(name);
                sums.add(sum.substring(0, sum.indexOf(" {")));
            }
            return isWanted.test(sums.get(0)) && sums.stream().distinct().count() == 1;
        });
    }

    private void await(String rule, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                String sums =
                        nodes.keySet().stream().sorted().map(this::sumOrEnd).collect(Collectors.joining(", "));
                throw new AssertionError(rule + " within " + DEADLINE + ": " + sums);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String sumOrEnd(String name) {
        try {
            return name + " " + sum(name);
        } catch (RuntimeException | AssertionError e) {
            return name + " does not answer";
        }
    }

    private static long report(String trial, long startNanos) {
        long took = System.nanoTime() - startNanos;
        System.out.printf("%-70s %6.2f s%n", trial, took / 1e9);
        return took;
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
    }
}
