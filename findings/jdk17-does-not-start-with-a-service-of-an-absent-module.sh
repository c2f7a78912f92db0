#!/usr/bin/env bash
# jackson-databind 2.23.0 and the module systems of JDK 17 and JDK 25: a module that requires Jackson only statically,
# and offers a Jackson module as a service, does not start on JDK 17 where Jackson is absent. On JDK 25 it does.
#
# Guess, written down before the run: "requires static" makes the dependency optional at run time, and services are
# found lazily by ServiceLoader, so a "provides ... with ..." for a service of an absent module is ignored on every
# JDK.
#
# Seen: JDK 17 checks the services of the module graph when it resolves it. Without Jackson on the module path the
# virtual machine does not start: the module does not read a module that exports the package of the service. JDK 25
# starts the same class files. Without the "provides" line, and with Jackson present, both JDKs start.
#
# What follows for a library whose floor is JDK 17: its module descriptor cannot register an optional integration as a
# service, and a test on a newer JDK does not show that. Only META-INF/services can register it, which named modules
# ignore, so on the module path the user does.
set -euo pipefail
readonly jackson=2.23.0
major=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
case $major in
  17) absent='does not start: no module exports the package of the service' ;;
  25) absent='started, Jackson present: false' ;;
  *) echo "needs java of JDK 17 or JDK 25, not $major"; exit 2 ;;
esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir jars
for artifact in core:$jackson databind:$jackson annotations:2.23; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="com.fasterxml.jackson.core:jackson-$artifact" -DoutputDirectory="$dir/jars" > mvn.log 2>&1 \
    || { tail -n 5 mvn.log; exit 2; }
done

mkdir -p src/demo
cat > src/demo/Main.java <<'JAVA'
package demo;

public class Main {
    public static void main(String[] args) throws Exception {
        boolean isPresent;
        try {
            Class.forName("com.fasterxml.jackson.databind.Module");
            isPresent = true;
        } catch (ClassNotFoundException absent) {
            isPresent = false;
        }
        System.out.println("started, Jackson present: " + isPresent);
    }
}
JAVA
cat > src/demo/Integration.java <<'JAVA'
package demo;

import com.fasterxml.jackson.databind.module.SimpleModule;

public class Integration extends SimpleModule {}
JAVA

# module NAME PROVIDES
module() {
  cat > src/module-info.java <<JAVA
module demo {
    requires static com.fasterxml.jackson.core;
    requires static com.fasterxml.jackson.databind;
    $2
}
JAVA
  javac -nowarn -d "$1" -p jars src/module-info.java src/demo/*.java 2> javac.log || { cat javac.log; exit 2; }
}

# start MODULE_PATH [options]: one line
start() {
  local path=$1
  shift
  if java -p "$path" "$@" -m demo/demo.Main > out 2>&1; then
    cat out
  elif grep -q 'does not read a module that exports com.fasterxml.jackson.databind' out; then
    echo 'does not start: no module exports the package of the service'
  else
    cat out
    return 1
  fi
}

module with 'provides com.fasterxml.jackson.databind.Module with demo.Integration;'
module without ''
readonly jackson_modules=com.fasterxml.jackson.databind
{
  echo "with provides, absent: $(start with)"
  echo "without provides, absent: $(start without)"
  echo "with provides, present: $(start with:jars --add-modules $jackson_modules)"
} > seen
cat seen
diff seen - <<SEEN
with provides, absent: $absent
without provides, absent: started, Jackson present: false
with provides, present: started, Jackson present: true
SEEN
