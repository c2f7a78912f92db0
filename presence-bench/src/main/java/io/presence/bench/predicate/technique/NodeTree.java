package io.presence.bench.predicate.technique;

import io.presence.bench.AttributeRow;
import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A final class for each kind of node below one abstract class. A call uses the virtual table and not an interface. */
public final class NodeTree implements Translator<NodeTree.Node> {

    /** A filter. */
    public abstract static class Node implements Predicate<AttributeRow> {
        @Override
        public abstract boolean test(AttributeRow row);
    }

    private abstract static class ValueNode extends Node {
        private final int slot;

        ValueNode(AttributePath path) {
            slot = AttributeRow.slot(path);
        }

        final @Nullable Object value(AttributeRow row) {
            return row.get(slot);
        }
    }

    @Override
    public Node equal(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.equal(value(row), operand);
            }
        };
    }

    @Override
    public Node equal(AttributePath path, long operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.equal(value(row), operand);
            }
        };
    }

    @Override
    public Node in(AttributePath path, List<String> operands) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.in(value(row), operands);
            }
        };
    }

    @Override
    public Node notEqual(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.notEqual(value(row), operand);
            }
        };
    }

    @Override
    public Node between(AttributePath path, long low, long high) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.between(value(row), low, high);
            }
        };
    }

    @Override
    public Node startsWith(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.startsWith(value(row), operand);
            }
        };
    }

    @Override
    public Node endsWith(AttributePath path, String operand) {
        return new ValueNode(path) {
            @Override
            public boolean test(AttributeRow row) {
                return ValueConditions.endsWith(value(row), operand);
            }
        };
    }

    @Override
    public Node and(List<Node> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> new Node() {
            @Override
            public boolean test(AttributeRow row) {
                return left.test(row) && right.test(row);
            }
        });
    }

    @Override
    public Node or(List<Node> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> new Node() {
            @Override
            public boolean test(AttributeRow row) {
                return left.test(row) || right.test(row);
            }
        });
    }
}
