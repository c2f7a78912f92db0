#!/usr/bin/env bash
# JDK 17 and JDK 25: an ArrayDeque without memory to grow loses all of its elements, not only the one to add.
#
# Guess, written down before the run: an addition that throws OutOfMemoryError leaves the deque as it was, as one to an
# ArrayList does. A queue of work in this library was written with that in mind.
#
# Seen: with 2.8 million elements in a heap of 32 MB, addLast throws, and from then on size() is 0 and isEmpty() is
# true. It stores the element in the last place, moves the tail onto the head, and only then allocates the larger
# array. Without it, head and tail are equal, which means empty. peekFirst() still returns the first element, so the
# methods contradict each other. An ArrayList in the same heap keeps its elements.
#
# What follows: a queue that must survive a full heap has room before it is used, or is linked, or what it holds can be
# found again without it.
set -euo pipefail
major=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
case $major in
  17 | 25) ;;
  *) echo "needs java of JDK 17 or JDK 25, not $major"; exit 2 ;;
esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > Full.java <<'JAVA'
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.function.Consumer;

public class Full {
    static int fill(Consumer<Integer> addition) {
        int added = 0;
        try {
            while (true) {
                addition.accept(1);
                added++;
            }
        } catch (OutOfMemoryError intended) {
            return added;
        }
    }

    static void report(String name, int added, Collection<Integer> filled, Integer first) {
        System.out.println(name + ": many " + (added > 1_000) + ", all kept " + (filled.size() == added)
                + ", empty " + filled.isEmpty() + ", first " + first);
    }

    public static void main(String[] args) {
        ArrayDeque<Integer> deque = new ArrayDeque<>();
        int added = fill(deque::addLast);
        report("deque", added, deque, deque.peekFirst());
        deque = null;
        ArrayList<Integer> list = new ArrayList<>();
        added = fill(list::add);
        report("list", added, list, list.get(0));
    }
}
JAVA
javac Full.java
java -Xmx32m -XX:+UseSerialGC Full > seen.txt
cat seen.txt
cat > expected.txt <<'TEXT'
deque: many true, all kept false, empty true, first 1
list: many true, all kept true, empty false, first 1
TEXT
diff expected.txt seen.txt
echo "as described, on JDK $major"
