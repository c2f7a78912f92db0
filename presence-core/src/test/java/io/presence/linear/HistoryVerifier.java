package io.presence.linear;

import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Checks a history that Lincheck has explored as one of real threads. Each result is the {@link Call} itself. */
public final class HistoryVerifier implements Verifier {

    /** Called by Lincheck, with the class of a specification that it would run itself. */
    public HistoryVerifier(Class<?> unused) {}

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
        Stream<LincheckResult> parallel = results.getParallelResultsWithClock().stream()
                .flatMap(List::stream)
                .map(ResultWithClock::getResult);
        List<Call> calls = Stream.of(results.getInitResults().stream(), parallel, results.getPostResults().stream())
                .flatMap(part -> part)
                .map(result -> (Call) ((ValueResult) result).getValue())
                .toList();
        return new History(0, calls).isLinearizable();
    }
}
