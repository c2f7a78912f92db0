#!/usr/bin/env bash
# Kotlin 2.3.21 and JSpecify 1.0.0: @NullMarked on a module counts on the module path only. On the class path, Kotlin
# passes null to the same jar without an error. The JSpecify jar itself makes no difference.
#
# A user may expect: the mark is in the class file of the module, so Kotlin reads it from the jar, wherever the jar is.
# If the jar of JSpecify is absent, since it is "requires static", Kotlin can't resolve the annotations and sees
# platform types.
#
# Seen: with a mark on the package, Kotlin refuses null for a parameter, and a use without a check of a result that is
# @Nullable: as errors, on both paths, with and without the jar of JSpecify. With the mark on the module, it refuses
# null for a parameter only if the library is on the module path. On the class path, where most builds put it, that is
# compiled like the call of a library without a mark. No warning says so.
#
# What follows: a library marks every package, beside its module, and needs no JSpecify jar at its users for Kotlin. A
# check of that compiles Kotlin that must fail, on the class path.
set -euo pipefail
readonly kotlin=2.3.21 jspecify=1.0.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.jetbrains.kotlin</groupId>
      <artifactId>kotlin-compiler-embeddable</artifactId>
      <version>$kotlin</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=compiler \
  > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="org.jspecify:jspecify:$jspecify" \
  -DoutputDirectory=. > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }
readonly annotations=jspecify-$jspecify.jar stdlib=compiler/kotlin-stdlib-$kotlin.jar

# library MARK: a jar whose module or package is marked, or nothing.
library() {
  local mark='@org.jspecify.annotations.NullMarked' src=$1-src
  mkdir -p "$src/lib"
  echo "$([[ $1 != module ]] || echo "$mark") module lib { requires static org.jspecify; exports lib; }" \
    > "$src/module-info.java"
  [[ $1 != package ]] || echo "$mark package lib;" > "$src/lib/package-info.java"
  cat > "$src/lib/Names.java" <<JAVA
package lib;

import org.jspecify.annotations.Nullable;

public class Names {
    public static @Nullable String find() { return null; }

    public static int length(String name) { return name.length(); }
}
JAVA
  javac --release 17 -d "$1-classes" -p "$annotations" $(find "$src" -name '*.java')
  jar --create --file "$1.jar" -C "$1-classes" .
}

mkdir app
echo 'module app { requires lib; requires kotlin.stdlib; }' > app/module-info.java
cat > app/Use.kt <<'KOTLIN'
fun result(): Int = lib.Names.find().length
fun parameter(): Int = lib.Names.length(null)
KOTLIN

# refused [options] sources: the functions of Use.kt in which the compiler finds an error.
refused() {
  local lines
  java -cp 'compiler/*' org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect -jvm-target 17 -d out "$@" \
    > log 2>&1 || true
  if grep -E 'error: ' log | grep -vqE 'Use\.kt:[12]:'; then
    cat log
    return
  fi
  lines=$(grep -oE 'Use\.kt:[12]:[0-9]+: error: ' log | cut -d : -f 2 | sort -u)
  lines=$(sed 's/1/result/; s/2/parameter/' <<< "$lines" | xargs)
  echo "${lines:-nothing}"
}

for mark in package module none; do
  library "$mark"
  printf '%s: class path %s; with JSpecify %s; module path %s\n' "$mark" \
    "$(refused -cp "$mark.jar:$stdlib" app/Use.kt)" \
    "$(refused -cp "$mark.jar:$annotations:$stdlib" app/Use.kt)" \
    "$(refused "-Xmodule-path=$mark.jar:$stdlib" app)"
done > seen
cat seen
diff seen - <<'SEEN'
package: class path result parameter; with JSpecify result parameter; module path result parameter
module: class path result; with JSpecify result; module path result parameter
none: class path result; with JSpecify result; module path result
SEEN
