package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.AttributeReader;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProgramPoolTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final SlotTable<Map<String, ?>> table =
            new SlotTable<>(attribute -> AttributeReader.of(Kind.OBJECT, record -> record.get(attribute)));
    private final ProgramPool pool = new ProgramPool(table, Seed.SEED);

    /** Were it not so, those of one filter would all have one hash, and looking for one would be going through them. */
    @Test
    void retain_programsOfOneFilter_areOne() {
        SplittableRandom random = Seed.random();
        Map<Query.Filter, Program> programs = new HashMap<>();
        List<Program> retained = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Query.Filter filter = Normalizer.normalize(cases.filter());
            table.retain(filter);
            for (int same = random.nextInt(4); same >= 0; same--) {
                Program program = pool.retain(filter);
                assertThat(programs.putIfAbsent(filter, program))
                        .as("%s", filter)
                        .isIn(null, program);
                retained.add(program);
            }
        }
        assertThat(pool.size()).isBetween(300, programs.size());

        Collections.shuffle(retained, new Random(Seed.SEED));
        retained.forEach(pool::release);
        assertThat(pool.size()).isZero();
    }

    @Test
    void retain_programsOfOneHash_areDistinguished() {
        Query.Filter first = Query.equal("x", 1);
        Query.Filter second = Query.equal("x", 2);
        table.retain(first);
        Program one = pool.retain(7, first);
        Program other = pool.retain(7, second);

        assertThat(one).isNotSameAs(other);
        pool.release(one);
        assertThat(pool.retain(7, second)).isSameAs(other);
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void retain_afterTheLastRelease_isAnotherProgram() {
        Query.Filter filter = Query.contains("x", 1, "a");
        table.retain(filter);
        Program first = pool.retain(filter);
        assertThat(pool.retain(filter)).isSameAs(first);
        pool.release(first);
        assertThat(pool.retain(filter)).isSameAs(first);
        pool.release(first);
        pool.release(first);

        assertThat(pool.size()).isZero();
        assertThat(pool.retain(filter)).isNotSameAs(first);
    }
}
