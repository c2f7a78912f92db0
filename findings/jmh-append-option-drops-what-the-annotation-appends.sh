#!/usr/bin/env bash
# JMH 1.37: jvmArgsAppend on the command line replaces jvmArgsAppend of the annotation Fork. So a run that only adds one
# option loses the heap that the benchmark was written for, without a message.
#
# Guess, written down before the run: "append" adds the options of the command line behind those of the annotation, as
# the last ones win in a JVM. Two of these options on the command line are refused, or the second replaces the first.
#
# Seen: the options of the annotation are gone. Two on the command line are both used. jvmArgsPrepend leaves the
# annotation's jvmArgsAppend as they are, but stands before them, so that it cannot override them.
#
# What follows: state all options again if one is changed, and look at the line "VM options" of the run.
set -euo pipefail
readonly jmh=1.37 jopt=5.0.4 math=3.6.1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for artifact in "org.openjdk.jmh:jmh-core:$jmh" "org.openjdk.jmh:jmh-generator-annprocess:$jmh" \
  "net.sf.jopt-simple:jopt-simple:$jopt" "org.apache.commons:commons-math3:$math"; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$dir/jars" > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }
done

mkdir -p options classes
cat > options/Options.java <<'JAVA'
package options;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

@Fork(value = 1, jvmArgsAppend = {"-Xms64m", "-Xmx64m"})
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 1)
public class Options {
    @Benchmark
    public void run() {}
}
JAVA
javac -proc:full -version > /dev/null 2>&1 && full=-proc:full || full=
# shellcheck disable=SC2086
javac $full -cp 'jars/*' -d classes options/Options.java

# The options that JMH gives to the JVM of the benchmark.
used() {
  java -cp 'classes:jars/*' org.openjdk.jmh.Main -r 50ms "$@" 2>&1 | sed -n 's/^# VM options: //p'
}

failed=0
expect() {
  echo "$1: $3"
  [[ $2 == "$3" ]] || { echo "  expected $2"; failed=1; }
}
expect "annotation alone" "-Xms64m -Xmx64m" "$(used)"
expect "one appended" "-Xmn8m" "$(used -jvmArgsAppend -Xmn8m)"
expect "two appended" "-Xmn8m -Xmx32m" "$(used -jvmArgsAppend -Xmn8m -jvmArgsAppend -Xmx32m)"
expect "one prepended" "-Xmn8m -Xms64m -Xmx64m" "$(used -jvmArgsPrepend -Xmn8m)"
exit "$failed"
