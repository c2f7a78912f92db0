package io.presence.bench.predicate.peer;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The text of a filter in the Common Expression Language. It is checked once and evaluated on the maps. */
public final class CelPeer extends InfixText {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("status", SimpleType.STRING)
            .addVar("userId", SimpleType.STRING)
            .addVar("metadata", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime STANDARD =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private static final CelRuntime PLANNER =
            CelRuntimeFactory.plannerRuntimeBuilder().build();

    /** Compiles a filter for the runtime that interprets the checked expression. */
    public static Predicate<Map<String, Object>> compile(Query.Filter filter) {
        return compile(filter, STANDARD);
    }

    /** Compiles a filter for the newer runtime, which builds a tree of nodes. */
    public static Predicate<Map<String, Object>> plan(Query.Filter filter) {
        return compile(filter, PLANNER);
    }

    private static Predicate<Map<String, Object>> compile(Query.Filter filter, CelRuntime runtime) {
        Program program = program(new CelPeer().translate(filter), runtime);
        return record -> {
            try {
                return Boolean.TRUE.equals(program.eval(record));
            } catch (CelEvaluationException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static Program program(String text, CelRuntime runtime) {
        try {
            return runtime.createProgram(COMPILER.compile(text).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    String value(AttributePath path) {
        return path.toString();
    }

    @Override
    String number(long number) {
        return String.valueOf(number);
    }

    @Override
    public String in(AttributePath path, List<String> operands) {
        return operands.stream().map(CelPeer::quoted).collect(Collectors.joining(", ", path + " in [", "]"));
    }
}
