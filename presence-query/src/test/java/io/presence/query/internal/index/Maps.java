package io.presence.query.internal.index;

import io.presence.query.Attributes;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.program.AttributeReader;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** An index over maps that counts how often it looks at a record of its sample. */
final class Maps<S> {

    final LongAdder sampled = new LongAdder();
    final StandingQueryIndex<Map<String, ?>, S> index =
            new StandingQueryIndex<>(Maps::reader, this::attributes, record -> 0, Seed.SEED);

    private Attributes attributes(Map<String, ?> record) {
        sampled.increment();
        return Attributes.of(record);
    }

    static AttributeReader<Map<String, ?>> reader(String attribute) {
        return AttributeReader.of(Kind.OBJECT, record -> record.get(attribute));
    }

    /** Matches a record that was not there before. Returns how many candidates were asked. */
    long candidates(Map<String, ?> record) {
        long before = index.candidates();
        index.match(null, record, (subscriber, matchedBefore, matchesAfter) -> {});
        return index.candidates() - before;
    }
}
