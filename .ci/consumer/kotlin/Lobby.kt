import io.presence.Channel
import io.presence.PresencePatch
import io.presence.PresenceStore
import io.presence.PresenceUpsert
import io.presence.SubscriptionOptions
import io.presence.query.Query

/** Prints what the file `expected` holds. */
fun main() {
    PresenceStore.builder().index("metadata.room").build().use { store ->
        val lobby = Query.equal("metadata.room", "lobby")
        store.subscribe(
            Channel.presences(),
            SubscriptionOptions.defaults().withSnapshot(),
            { event -> println("${event.change()} ${event.presence().status()}") },
            lobby,
        )
        store.upsert(PresenceUpsert.of("ada-laptop", "ada", "reading").metadata(mapOf("room" to "lobby")))
        store.delivered().toCompletableFuture().join()
        store.update("ada-laptop", PresencePatch.none().status("typing"))
        store.delivered().toCompletableFuture().join()
        for (presence in store.list(lobby).presences()) {
            val status: String = presence.status()
            val source: String? = presence.source()
            println("${presence.userId()} is $status, source $source")
        }
    }
}
