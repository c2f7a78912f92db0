#!/usr/bin/env bash
# JDK 17 and JDK 25 (HotSpot): a handler of OutOfMemoryError that only returns a string literal throws another
# OutOfMemoryError, and so does one that changes an int field by a VarHandle.
#
# Guess, written down before the run: a literal is in the class file and a VarHandle compiles to one instruction, so a
# handler that uses nothing else works without memory. Handlers that "allocate nothing" were written like that.
#
# Seen: with a full heap, the first call of each handler throws OutOfMemoryError. The String of a literal is created
# when its instruction is first reached, and a call of a VarHandle is linked when its kind (method, parameter types,
# result) is first reached in a class, although another kind was called before. Once there is memory, both work; once
# they have worked, they work with a full heap as well. A static field that was initialized before always works.
#
# What follows for code that must survive a full heap: the texts of its handlers are static fields that are not
# constants, its handles are called once in a static initializer, and what must happen comes before the report.
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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntSupplier;

public class Full {
    static final String FIELD = String.valueOf("the text of a field");
    static final VarHandle FLAGS = handle();
    static Object[] hog;
    int flags;

    static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Full.class, "flags", int.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static void fill() {
        for (int size = 1 << 14; size > 0; size /= 4) {
            try {
                while (true) {
                    Object[] block = new Object[size];
                    block[0] = hog;
                    hog = block;
                }
            } catch (OutOfMemoryError intended) {
                // The next block is smaller.
            }
        }
    }

    static int literal() {
        return "the text of a literal".length();
    }

    static int field() {
        return FIELD.length();
    }

    static final Full ONE = new Full();

    static int flags() {
        return (int) FLAGS.getAndBitwiseOr(ONE, 1);
    }

    static final String[] SEEN = new String[9];
    static int seen;
    static final String WORKED = String.valueOf("works");
    static final String FAILED = String.valueOf("OutOfMemoryError");

    static void call(IntSupplier handler) {
        try {
            handler.getAsInt();
            SEEN[seen++] = WORKED;
        } catch (OutOfMemoryError e) {
            SEEN[seen++] = FAILED;
        }
    }

    public static void main(String[] args) {
        boolean isSet = FLAGS.compareAndSet(ONE, 0, 0);
        IntSupplier[] handlers = {Full::literal, Full::flags, Full::field};
        // The calls of the handlers themselves are linked before.
        call(() -> 0);
        seen = 0;
        for (int round = 0; round < 3; round++) {
            if (round != 1) {
                fill();
            }
            for (IntSupplier handler : handlers) {
                call(handler);
            }
            hog = null;
        }
        String[] names = {"literal", "VarHandle", "field"};
        for (int i = 0; i < names.length; i++) {
            System.out.println(names[i] + ": full " + SEEN[i] + ", with memory " + SEEN[i + 3]
                    + ", full again " + SEEN[i + 6] + (isSet ? "" : "?"));
        }
    }
}
JAVA
javac Full.java
java -Xmx32m -XX:+UseSerialGC -cp . Full > seen
cat seen
diff seen - <<'SEEN'
literal: full OutOfMemoryError, with memory works, full again works
VarHandle: full OutOfMemoryError, with memory works, full again works
field: full works, with memory works, full again works
SEEN
