#!/usr/bin/env bash
# maven-compiler-plugin 3.16.0: a profile that only adds compiler arguments recompiles nothing, so its checks pass unseen.
#
# Guess, written down before the run: incremental detection covers what the compiler is called with. A build without
# -Xlint -Werror, followed by one with a profile that adds them, compiles again and fails on a warning.
#
# Seen: the second build says that all classes are up to date and succeeds. The same build after its class files were
# deleted fails on the warning.
#
# What follows: a strict profile proves something only in a clean tree. CI must not reuse target folders between profiles.
set -euo pipefail
readonly plugin=3.16.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir -p src/main/java
cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build>
    <plugins>
      <plugin><artifactId>maven-compiler-plugin</artifactId><version>$plugin</version></plugin>
    </plugins>
  </build>
  <profiles>
    <profile>
      <id>strict</id>
      <build>
        <plugins>
          <plugin>
            <artifactId>maven-compiler-plugin</artifactId>
            <configuration>
              <compilerArgs><arg>-Xlint:all</arg><arg>-Werror</arg></compilerArgs>
            </configuration>
          </plugin>
        </plugins>
      </build>
    </profile>
  </profiles>
</project>
POM
cat > src/main/java/Raw.java <<'JAVA'
import java.util.List;

class Raw {
    static int size(List list) {
        return list.size();
    }
}
JAVA

build() {
  local name=$1
  shift
  if mvn -B "$@" compile > log 2>&1; then
    printf '%s: succeeds, %s\n' "$name" "$(grep -q 'Nothing to compile' log && echo compiles nothing || echo compiles)"
  else
    printf '%s: fails, %s\n' "$name" "$(grep -q 'warnings found and -Werror specified' log && echo on the warning || echo otherwise)"
  fi
}
{
  build 'plain'
  build 'strict, afterwards' -Pstrict
  rm -rf target
  build 'strict, without class files' -Pstrict
} > seen
cat seen
diff seen - <<'SEEN'
plain: succeeds, compiles
strict, afterwards: succeeds, compiles nothing
strict, without class files: fails, on the warning
SEEN
