#!/usr/bin/env bash
# Agrona 2.6.0: an AgentRunner ends its agent for good on an Error, and on an interrupt that is left in an idle round.
#
# A user may expect: the error handler decides, so an agent goes on after whatever was thrown, and only close() ends it.
#
# Seen: after an exception the agent goes on. An Error is handed to the handler and then ends the thread. An interrupt
# that is left in a round that did work changes nothing; in a round that did none, it ends the thread with each of three
# idle strategies, and the handler is not called.
#
# What follows for a store: code of others runs on the dispatcher's thread and may leave an interrupt, so a dispatcher
# under AgentRunner can end in silence. See docs/decisions/0010-dispatcher-thread.md.
set -euo pipefail
readonly agrona=2.6.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact="org.agrona:agrona:$agrona" -DoutputDirectory="$dir" > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }

cat > Ends.java <<'JAVA'
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

public class Ends {
    static volatile int rounds;
    static volatile int handled;

    /** Runs an agent that does something else in its third round. */
    static void run(String name, IdleStrategy idle, int work, IntSupplier third) throws InterruptedException {
        rounds = 0;
        handled = 0;
        Agent agent = new Agent() {
            @Override
            public int doWork() {
                rounds++;
                return rounds == 3 ? third.getAsInt() : work;
            }

            @Override
            public String roleName() {
                return "agent";
            }
        };
        AgentRunner runner = new AgentRunner(idle, thrown -> handled++, null, agent);
        Thread thread = AgentRunner.startOnThread(runner);
        thread.setUncaughtExceptionHandler((t, thrown) -> {});
        Thread.sleep(500);
        System.out.println(name + ": alive " + thread.isAlive() + ", handled " + handled);
        runner.close();
    }

    static int interrupt(int work) {
        Thread.currentThread().interrupt();
        return work;
    }

    static int fail(Throwable thrown) {
        return Ends.<RuntimeException, Integer>sneak(thrown);
    }

    @SuppressWarnings("unchecked")
    static <E extends Throwable, T> T sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    public static void main(String[] args) throws InterruptedException {
        run("exception", new SleepingMillisIdleStrategy(1), 0, () -> fail(new IllegalStateException()));
        run("error", new SleepingMillisIdleStrategy(1), 0, () -> fail(new StackOverflowError()));
        run("interrupt, work", new SleepingMillisIdleStrategy(1), 1, () -> interrupt(1));
        run("interrupt, no work, sleeping millis", new SleepingMillisIdleStrategy(1), 0, () -> interrupt(0));
        run("interrupt, no work, sleeping", new SleepingIdleStrategy(1_000_000), 0, () -> interrupt(0));
        run("interrupt, no work, backoff", new BackoffIdleStrategy(1, 1, 1_000, 1_000_000), 0, () -> interrupt(0));
    }
}
JAVA
javac -nowarn -cp "agrona-$agrona.jar" Ends.java 2> javac.log || { cat javac.log; exit 2; }
java -cp "agrona-$agrona.jar:." Ends > seen
cat seen
diff seen - <<'SEEN'
exception: alive true, handled 1
error: alive false, handled 1
interrupt, work: alive true, handled 0
interrupt, no work, sleeping millis: alive false, handled 0
interrupt, no work, sleeping: alive false, handled 0
interrupt, no work, backoff: alive false, handled 0
SEEN
