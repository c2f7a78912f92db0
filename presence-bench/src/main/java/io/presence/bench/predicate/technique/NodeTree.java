package io.presence.bench.predicate.technique;

import io.presence.bench.Row;
import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A final class for each kind of node below one abstract class, so that a call goes by table and not by interface. */
public final class NodeTree implements Translator<NodeTree.Node> {
    /** A condition, or several. */
    public abstract static class Node implements Predicate<Row> {
        @Override
        public abstract boolean test(Row row);
    }

    private abstract static class ValueNode extends Node {
        private final int slot;

        ValueNode(AttributePath path) {
            slot = Row.slot(path);
        }

        final @Nullable Object value(Row row) {
            return row.get(slot);
        }
    }

    @Override
    public Node equal(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.equal(value(row), operand);
            }
        };
    }

    @Override
    public Node equal(AttributePath path, long operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.equal(value(row), operand);
            }
        };
    }

    @Override
    public Node in(AttributePath path, List<String> operands) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.in(value(row), operands);
            }
        };
    }

    @Override
    public Node notEqual(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.notEqual(value(row), operand);
            }
        };
    }

    @Override
    public Node between(AttributePath path, long low, long high) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.between(value(row), low, high);
            }
        };
    }

    @Override
    public Node startsWith(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.startsWith(value(row), operand);
            }
        };
    }

    @Override
    public Node endsWith(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(Row row) {
                return Leaf.endsWith(value(row), operand);
            }
        };
    }

    @Override
    public Node and(List<Node> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> new Node() {
            @Override
            public boolean test(Row row) {
                return left.test(row) && right.test(row);
            }
        });
    }

    @Override
    public Node or(List<Node> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> new Node() {
            @Override
            public boolean test(Row row) {
                return left.test(row) || right.test(row);
            }
        });
    }
}
