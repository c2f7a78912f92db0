package io.presence.bench.system.peer;

import io.presence.bench.system.peer.Interest.InDocument;
import io.presence.bench.system.peer.Interest.InZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bus that looks listeners up by their interest. It supports these two kinds of interest only. */
final class RoutingBus implements HandMadeBus {

    private final Map<String, List<RowListener>> byDocument = new HashMap<>();
    private final Map<InZone, List<RowListener>> byZone = new HashMap<>();

    @Override
    public void listen(Interest interest, RowListener listener) {
        if (interest instanceof InZone in) {
            byZone.computeIfAbsent(in, key -> new ArrayList<>()).add(listener);
        } else {
            byDocument
                    .computeIfAbsent(((InDocument) interest).documentId(), key -> new ArrayList<>())
                    .add(listener);
        }
    }

    @Override
    public void changed(@Nullable Row before, @Nullable Row after) {
        deliver(inDocument(before), inDocument(after), before, after);
        if (!byZone.isEmpty()) {
            deliver(inZone(before), inZone(after), before, after);
        }
    }

    private List<RowListener> inDocument(@Nullable Row row) {
        return row == null ? List.of() : byDocument.getOrDefault(row.documentId(), List.of());
    }

    private List<RowListener> inZone(@Nullable Row row) {
        return row == null ? List.of() : byZone.getOrDefault(new InZone(row.zone(), row.status()), List.of());
    }

    private static void deliver(
            List<RowListener> those, List<RowListener> these, @Nullable Row before, @Nullable Row after) {
        if (after != null) {
            for (RowListener listener : these) {
                if (those == these) {
                    listener.update(after.id(), after.number());
                } else {
                    listener.enter(after.id(), after.number());
                }
            }
        }
        if (before != null && those != these) {
            for (RowListener listener : those) {
                listener.exit(before.id());
            }
        }
    }
}
