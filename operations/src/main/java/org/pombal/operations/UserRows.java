package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletionStage;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Obstacle.NotFound;
import org.pombal.operations.Obstacle.Thing;

/** Finds a user, or stops the operation by saying that there is none. */
record UserRows(GeoDb geoDb) {

    CompletionStage<User> find(UserKey key) {
        return find(key, ReadLevel.QUORUM);
    }

    /** At the serial level, as the caller saw it. */
    CompletionStage<User> findExpected(UserKey key, Precondition<User> expected) {
        return find(key, ReadLevel.SERIAL).thenCompose(user -> expected.require(user, "user '" + key + "'"));
    }

    CompletionStage<User> find(UserKey key, ReadLevel level) {
        return geoDb.users()
                .find(key, level)
                .thenCompose(found -> found.isPresent()
                        ? completedFuture(found.get())
                        : Attempt.stop(new NotFound(
                                Thing.USER,
                                "GeoDB knows no user '" + key + "'; a user is written down at the first login")));
    }
}
