import io.presence.Presence
import io.presence.PresenceUpsert

// Each of these functions must be refused, since the library is null-marked.

fun sourceOf(presence: Presence): String = presence.source()

fun lengthOf(presence: Presence): Int = presence.source().length

fun withoutUser(): PresenceUpsert = PresenceUpsert.of("p", null, "reading")
