package io.presence.bench.predicate.peer;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Predicate;
import org.mvel2.MVEL;

/**
 * The text of a filter in MVEL, compiled once. MVEL generates accessors at run time. The record is the context object
 * of the expression, which takes half the time of variables, typed or not.
 */
public final class MvelPeer extends InfixText {

    /** Compiles a filter. */
    public static Predicate<Map<String, Object>> compile(Query.Filter filter) {
        Serializable expression = MVEL.compileExpression(new MvelPeer().translate(filter));
        return record -> Boolean.TRUE.equals(MVEL.executeExpression(expression, (Object) record));
    }

    @Override
    String value(AttributePath path) {
        return path.toString();
    }
}
