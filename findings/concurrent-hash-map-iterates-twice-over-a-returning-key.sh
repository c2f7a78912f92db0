#!/usr/bin/env bash
# The JDK's ConcurrentHashMap, and Caffeine 3.2.4 over it: one iteration returns a key twice if the key is removed and
# added again meanwhile, and another key has the same hash bin. One thread suffices. A set of 10,000 keys has many such
# pairs.
#
# Guess, written down before the run: no concurrent set returns an element twice. The documentation of
# ConcurrentHashMap says that an iterator traverses the elements that existed at its construction exactly once, and may
# or may not show later changes.
#
# Seen: the new node of the key is appended behind the others of its bin, where the iterator has not been. It returns the
# same object again. With distinct bins the key is returned once. The sets of JCTools 4.0.7 and Eclipse Collections
# 13.0.0 return it once in both cases. The result is the same on JDK 17 and JDK 25.
#
# What follows: who collects a page, a sum or a count from a set that changes must copy and compare, or be sure that no
# element returns.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for artifact in org.jctools:jctools-core:4.0.7 com.github.ben-manes.caffeine:caffeine:3.2.4 \
  org.eclipse.collections:eclipse-collections:13.0.0 org.eclipse.collections:eclipse-collections-api:13.0.0; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$dir/jars" > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }
done

cat > Returning.java <<'JAVA'
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jctools.maps.NonBlockingHashMap;

public class Returning {
    /** A key with a given hash code, equal to itself alone. */
    static final class Key {
        private final int hash;

        Key(int hash) {
            this.hash = hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Returns how often one iteration returns its first key, which is removed and added again meanwhile. */
    static int visits(Map<Key, String> map, boolean inOneBin) {
        IntStream.range(0, 4).forEach(i -> map.put(new Key(inOneBin ? 0 : i), ""));
        Key first = null;
        int visits = 0;
        for (Key key : map.keySet()) {
            if (first == null) {
                first = key;
                map.remove(key);
                map.put(key, "");
            }
            visits += key == first ? 1 : 0;
        }
        return visits;
    }

    static void print(String name, Map<Key, String> one, Map<Key, String> other) {
        System.out.println(name + ": in one bin " + visits(one, true) + ", in distinct bins " + visits(other, false));
    }

    public static void main(String[] args) {
        print("ConcurrentHashMap", new ConcurrentHashMap<>(64), new ConcurrentHashMap<>(64));
        print("Caffeine", Caffeine.newBuilder().<Key, String>build().asMap(),
                Caffeine.newBuilder().<Key, String>build().asMap());
        print("JCTools", new NonBlockingHashMap<>(), new NonBlockingHashMap<>());
        print("Eclipse Collections", new org.eclipse.collections.impl.map.mutable.ConcurrentHashMap<>(64),
                new org.eclipse.collections.impl.map.mutable.ConcurrentHashMap<>(64));
    }
}
JAVA
javac -cp 'jars/*' Returning.java
java -version 2>&1 | head -n 1
seen=$(java -cp 'jars/*:.' Returning)
echo "$seen"
[[ $seen == "ConcurrentHashMap: in one bin 2, in distinct bins 1
Caffeine: in one bin 2, in distinct bins 1
JCTools: in one bin 1, in distinct bins 1
Eclipse Collections: in one bin 1, in distinct bins 1" ]] || { echo "The behaviour has changed"; exit 1; }
