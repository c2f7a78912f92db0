package demo;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.presence.PresenceStore;
import jakarta.inject.Singleton;

/** Makes the store. */
@Factory
final class Stores {

    @Bean(preDestroy = "close")
    @Singleton
    PresenceStore store() {
        return PresenceStore.builder().build();
    }
}
