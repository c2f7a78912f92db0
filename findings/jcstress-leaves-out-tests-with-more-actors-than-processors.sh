#!/usr/bin/env bash
# jcstress 0.16: on two processors, a test with three actors is left out, and the run is green.
#
# Guess, written down before the run: three actors on two processors take turns, so the test sees fewer interleavings;
# or the run fails, since it cannot do what was asked.
#
# Seen: the list of scheduling classes says that tests of three actors would not run. The run goes on without them, the
# summary counts neither a failure nor an error, and the exit code is 0, although every outcome of that test is forbidden.
# With that test alone, the run says FATAL and that no test matches, and the exit code is 0 as well.
#
# What follows: an outcome of three threads is tested with two actors, one of which does the work of two, or the report
# is compared with the names of all tests. A CI with two processors does not show the difference.
set -euo pipefail
readonly jcstress=0.16 jopt=5.0.4
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for artifact in "org.openjdk.jcstress:jcstress-core:$jcstress" "net.sf.jopt-simple:jopt-simple:$jopt"; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$dir" > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }
done
readonly path="jcstress-core-$jcstress.jar:jopt-simple-$jopt.jar"

mkdir -p race classes
cat > race/Races.java <<'JAVA'
package race;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

public class Races {
    @JCStressTest
    @Outcome(expect = Expect.ACCEPTABLE, desc = "anything")
    @State
    public static class Two {
        int x;

        @Actor
        public void write() {
            x = 1;
        }

        @Actor
        public void read(I_Result r) {
            r.r1 = x;
        }
    }

    @JCStressTest
    @Outcome(expect = Expect.FORBIDDEN, desc = "whatever happens")
    @State
    public static class Three {
        int x;

        @Actor
        public void write() {
            x = 1;
        }

        @Actor
        public void writeToo() {
            x = 2;
        }

        @Actor
        public void read(I_Result r) {
            r.r1 = x;
        }
    }
}
JAVA
javac -proc:full -version > /dev/null 2>&1 && full=-proc:full || full=
# shellcheck disable=SC2086
javac $full -cp "$path" -d classes race/Races.java

# Runs with two processors, by option, and prints the exit code. Seen on a machine that has two.
stress() {
  local code=0
  java -cp "classes:$path" org.openjdk.jcstress.Main -c 2 -m sanity -sc false -iters 1 -time 50 -f 1 "$@" \
    > log 2>&1 || code=$?
  echo "$code"
}

failed=0
expect() {
  echo "$1: $3"
  [[ $2 == "$3" ]] || { echo "  expected $2"; failed=1; }
}
expect "exit code with both tests" 0 "$(stress -r both)"
expect "failures and errors of the last summary" "0 failed, 0 soft errs, 0 hard errs" \
  "$(grep -o '[0-9]* failed, .* hard errs' log | tail -n 1)"
expect "lines that say that a test would not run" 1 "$(grep -c 'tests would not run' log)"
expect "exit code with the forbidden test alone" 0 "$(stress -r alone -t Three)"
expect "lines that say that no test matches" 1 "$(grep -c 'FATAL: No matching tests' log)"
exit "$failed"
