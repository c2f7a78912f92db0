package io.presence.bench.system.peer;

import io.presence.bench.system.peer.Interest.InDocument;
import io.presence.bench.system.peer.Interest.InZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks listeners up by what they are interested in: made for these two sorts of interest, and for no others. */
final class RoutingBus implements HandMadeBus {
    private final Map<String, List<Ear>> byDocument = new HashMap<>();
    private final Map<InZone, List<Ear>> byZone = new HashMap<>();

    @Override
    public void listen(Interest interest, Ear ear) {
        if (interest instanceof InZone in) {
            byZone.computeIfAbsent(in, key -> new ArrayList<>()).add(ear);
        } else {
            byDocument
                    .computeIfAbsent(((InDocument) interest).documentId(), key -> new ArrayList<>())
                    .add(ear);
        }
    }

    @Override
    public void changed(@Nullable Row before, @Nullable Row after) {
        tell(inDocument(before), inDocument(after), before, after);
        if (!byZone.isEmpty()) {
            tell(inZone(before), inZone(after), before, after);
        }
    }

    private List<Ear> inDocument(@Nullable Row row) {
        return row == null ? List.of() : byDocument.getOrDefault(row.documentId(), List.of());
    }

    private List<Ear> inZone(@Nullable Row row) {
        return row == null ? List.of() : byZone.getOrDefault(new InZone(row.zone(), row.status()), List.of());
    }

    private static void tell(List<Ear> those, List<Ear> these, @Nullable Row before, @Nullable Row after) {
        if (after != null) {
            for (Ear ear : these) {
                if (those == these) {
                    ear.update(after.id(), after.number());
                } else {
                    ear.enter(after.id(), after.number());
                }
            }
        }
        if (before != null && those != these) {
            for (Ear ear : those) {
                ear.exit(before.id());
            }
        }
    }
}
