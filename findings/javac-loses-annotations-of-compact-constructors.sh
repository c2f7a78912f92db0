#!/usr/bin/env bash
# javac of JDK 17 and 25: the compact constructor of a record loses type annotations of its parameters in the class
# file, unless each parameter is of a simple type. NullAway 0.14.3 (Error Prone 2.42.0) then refuses null for a
# parameter that the source says is nullable, but only across class files.
#
# Guess, written down before the run: the parameters of a compact constructor have the annotations of the components,
# as those of the implicit and of the explicit canonical constructor have. NullAway accepts the same calls whether
# it sees the record as source or as a class file.
#
# Seen: for `@Nullable String` the class file of the constructor has METHOD_FORMAL_PARAMETER. For `Map.@Nullable Entry`,
# `String @Nullable []` and `List<@Nullable String>` it has the target FIELD in its place, which says nothing of a
# parameter; reflection finds no annotation there. A canonical constructor, implicit or written out, is right. NullAway
# passes a call of such a constructor when both classes are compiled together, and refuses it when the record is in a
# jar. Both versions of javac do the same.
#
# What follows: a public record with a compact constructor imports its nullable component types, or writes its
# constructor out; a build that checks for nulls in one module does not see it.
set -euo pipefail
readonly error_prone=2.42.0 nullaway=0.14.3 jspecify=1.0.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

javac_of() {
  local release
  for release in /usr/lib/jvm/*/release; do
    if grep -q "^JAVA_VERSION=\"$1[.\"]" "$release" && [[ -x ${release%release}bin/javac ]]; then
      printf '%s\n' "${release%release}bin/javac"
      return
    fi
  done
}

cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.google.errorprone</groupId><artifactId>error_prone_core</artifactId><version>$error_prone</version>
    </dependency>
    <dependency><groupId>com.uber.nullaway</groupId><artifactId>nullaway</artifactId><version>$nullaway</version></dependency>
    <dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId><version>$jspecify</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath > /dev/null
classpath=$(cat classpath)

mkdir -p lib app
echo '@org.jspecify.annotations.NullMarked package lib;' > lib/package-info.java
echo '@org.jspecify.annotations.NullMarked package app;' > app/package-info.java
cat > lib/Records.java <<'JAVA'
package lib;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class Records {
    public record Simple(@Nullable String a) { public Simple {} }
    public record Qualified(Map.@Nullable Entry<String, String> a) { public Qualified {} }
    public record ArrayOf(String @Nullable [] a) { public ArrayOf {} }
    public record ListOf(List<@Nullable String> a) { public ListOf {} }
    public record Implicit(Map.@Nullable Entry<String, String> a) {}
    public record Written(Map.@Nullable Entry<String, String> a) {
        public Written(Map.@Nullable Entry<String, String> a) { this.a = a; }
    }
}
JAVA
cat > app/Use.java <<'JAVA'
package app;

import java.util.Map;
import lib.Records;
import org.jspecify.annotations.Nullable;

final class Use {
    static Object simple(@Nullable String a) { return new Records.Simple(a); }
    static Object implicit(Map.@Nullable Entry<String, String> a) { return new Records.Implicit(a); }
    static Object written(Map.@Nullable Entry<String, String> a) { return new Records.Written(a); }
    static Object qualified(Map.@Nullable Entry<String, String> a) { return new Records.Qualified(a); }
}
JAVA

# The target of the annotation in the constructor of a record.
target() {
  "$(dirname "$1")/javap" -v -p -cp classes "lib.Records\$$2" \
    | awk -v begin="^  public lib.Records.$2\\\\(" '$0 ~ begin { inside = 1 } /^$/ { inside = 0 } inside' \
    | grep -oE 'METHOD_FORMAL_PARAMETER|FIELD' | head -n 1
}

expect() {
  if [[ $2 != "$3" ]]; then
    echo "$1: expected $3, got ${2:-nothing}" >&2
    exit 1
  fi
  echo "$1: $2"
}

for version in 17 25; do
  javac=$(javac_of "$version")
  [[ -n $javac ]] || { echo "no JDK $version here" >&2; exit 1; }
  rm -rf classes
  "$javac" --release 17 -proc:none -d classes -cp "$classpath" lib/*.java
  for name in Simple Implicit Written; do
    expect "$("$javac" -version), $name" "$(target "$javac" "$name")" METHOD_FORMAL_PARAMETER
  done
  for name in Qualified ArrayOf ListOf; do
    expect "$("$javac" -version), $name" "$(target "$javac" "$name")" FIELD
  done
done

javac=$(javac_of 17)
options=(--release 17 -d checked -XDcompilePolicy=simple --should-stop=ifError=FLOW -processorpath "$classpath"
  "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:NullAway:ERROR -XepOpt:NullAway:OnlyNullMarked=true")
for package in api file main model parser processing tree util; do
  options+=("-J--add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
done
for package in code comp; do
  options+=("-J--add-opens=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
done
errors() { "$javac" "${options[@]}" "$@" 2>&1 | grep -c 'error: \[NullAway\]' || true; }
expect "errors of NullAway, compiled together" "$(errors -cp "$classpath" lib/*.java app/*.java)" 0
expect "errors of NullAway, record in a class file" "$(errors -cp "classes:$classpath" app/*.java)" 1
