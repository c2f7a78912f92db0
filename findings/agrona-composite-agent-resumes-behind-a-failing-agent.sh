#!/usr/bin/env bash
# Agrona 2.6.0: a CompositeAgent whose agent fails goes on behind it in the next call, and hides the work done before it.
#
# Guess, written down before the run: doWork() starts with the first agent each time, so an agent that throws in every
# round starves all agents behind it; put the ones that must run in front.
#
# Seen: the position is kept over the exception. With three agents of which the second always throws, ten invocations run
# each of the three five times: one call runs the first and the second, the next call runs the third. Nothing is starved,
# but every agent runs at half its rate, and the invocation that failed reports 0 work although the first agent worked, so
# that an idle strategy fed with it backs off in every second round. DynamicCompositeAgent does the same.
#
# What follows for a store that is driven as one agent of several: the order of agents does not matter for liveness, and
# a neighbour that fails halves the rate of rounds.
set -euo pipefail
readonly agrona=2.6.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact="org.agrona:agrona:$agrona" -DoutputDirectory="$dir" > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }

cat > Rounds.java <<'JAVA'
import java.util.Arrays;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.DynamicCompositeAgent;

public class Rounds {
    static int[] runs;
    static int failures;

    static Agent agent(int number) {
        return new Agent() {
            @Override
            public int doWork() {
                runs[number]++;
                if (number == 1) {
                    throw new IllegalStateException("the second agent fails");
                }
                return 1;
            }

            @Override
            public String roleName() {
                return "agent-" + number;
            }
        };
    }

    static String run(Function<Agent[], Agent> composite) {
        runs = new int[3];
        failures = 0;
        int[] work = new int[10];
        AgentInvoker invoker = new AgentInvoker(
                thrown -> failures++, null, composite.apply(new Agent[] {agent(0), agent(1), agent(2)}));
        invoker.start();
        for (int i = 0; i < work.length; i++) {
            work[i] = invoker.invoke();
        }
        return "runs " + Arrays.toString(runs) + " failures " + failures + " work " + Arrays.toString(work);
    }

    public static void main(String[] args) {
        System.out.println("composite: " + run(CompositeAgent::new));
        System.out.println("dynamic: " + run(agents -> new DynamicCompositeAgent("dynamic", agents)));
    }
}
JAVA
javac -nowarn -cp "agrona-$agrona.jar" Rounds.java 2> javac.log || { cat javac.log; exit 2; }
java -cp "agrona-$agrona.jar:." Rounds > seen
cat seen
diff seen - <<'SEEN'
composite: runs [5, 5, 5] failures 5 work [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
dynamic: runs [5, 5, 5] failures 5 work [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
SEEN
