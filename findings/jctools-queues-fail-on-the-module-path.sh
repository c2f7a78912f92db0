#!/usr/bin/env bash
# JCTools 4.0.7: an application that is a named module and requires org.jctools.core compiles, starts and can be linked
# into an image, but most of the queues and the maps fail in it. The same classes work on the class path.
#
# A user may expect: a jar with a module descriptor requires what its classes need. What it needs of the JDK is in
# every JDK, so a test on the class path shows the same as a run on the module path.
#
# Seen: the descriptor requires jdk.unsupported, which has sun.misc.Unsafe, only statically. No other module of the
# application requires it, so it is not in the module graph, although it is in the JDK. javac -Xlint:all -Werror is
# silent, the JVM starts, and jlink links. The first queue or map that uses Unsafe then ends in NoClassDefFoundError.
# The atomic queues work, and so do those of jctools-core-jdk11, which use VarHandles. With the option --add-modules
# jdk.unsupported all of them work.
#
# What follows: a library that may run on the module path takes the atomic or the VarHandle queues, or requires
# jdk.unsupported itself. Tests on the class path do not show the difference: one has to run on the module path.
set -euo pipefail
readonly jctools=4.0.7
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for artifact in core core-jdk11; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="org.jctools:jctools-$artifact:$jctools" -DoutputDirectory="$dir/jars" > mvn.log 2>&1 \
    || { tail -n 5 mvn.log; exit 2; }
done

mkdir -p src/demo
cat > src/module-info.java <<'JAVA'
module demo {
    requires org.jctools.core;
    requires org.jctools.core.jdk11;
}
JAVA
cat > src/demo/Queues.java <<'JAVA'
package demo;

import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jctools.maps.NonBlockingHashMap;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

public class Queues {
    static String isUsable(String name, Supplier<String> use) {
        try {
            return name + " " + use.get();
        } catch (NoClassDefFoundError thrown) {
            return name + " FAILS";
        }
    }

    static Supplier<String> passing(Supplier<Queue<String>> queues) {
        return () -> {
            Queue<String> queue = queues.get();
            queue.offer("works");
            return queue.poll();
        };
    }

    static String useMap() {
        NonBlockingHashMap<String, String> map = new NonBlockingHashMap<>();
        map.put("key", "works");
        return map.get("key");
    }

    public static void main(String[] args) {
        System.out.println(Stream.of(
                        isUsable("bounded", passing(() -> new MpscArrayQueue<>(16))),
                        isUsable("unbounded", passing(() -> new MpscUnboundedArrayQueue<>(16))),
                        isUsable("map", Queues::useMap),
                        isUsable("atomic", passing(() -> new MpscUnboundedAtomicArrayQueue<>(16))),
                        isUsable("VarHandle", passing(() -> new MpscUnboundedVarHandleArrayQueue<>(16))))
                .collect(Collectors.joining(", ")));
    }
}
JAVA
javac -Xlint:all -Werror --release 17 -d classes -p jars src/module-info.java src/demo/Queues.java > javac.log 2>&1 \
  || { cat javac.log; exit 2; }

image=$dir/image
jlink -p classes:jars --add-modules demo --output "$image" > jlink.log 2>&1 || { cat jlink.log; exit 2; }
# From JDK 24 on, the JVM warns of Unsafe on standard error.
{
  echo "class path: $(java -cp 'classes:jars/*' demo.Queues 2> java.log)"
  echo "module path: $(java -p classes:jars -m demo/demo.Queues 2> java.log)"
  echo "image: $("$image/bin/java" -m demo/demo.Queues 2> java.log)"
  echo "module added: $(java -p classes:jars --add-modules jdk.unsupported -m demo/demo.Queues 2> java.log)"
} > seen
cat seen
diff seen - <<'SEEN'
class path: bounded works, unbounded works, map works, atomic works, VarHandle works
module path: bounded FAILS, unbounded FAILS, map FAILS, atomic works, VarHandle works
image: bounded FAILS, unbounded FAILS, map FAILS, atomic works, VarHandle works
module added: bounded works, unbounded works, map works, atomic works, VarHandle works
SEEN
