package org.pombal.node.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;

/** Asks GeoDB. */
final class GeoDbLook {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** GeoDB did not answer; the message says why. */
    static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final GeoDb geoDb;

    GeoDbLook(GeoDb geoDb) {
        this.geoDb = geoDb;
    }

    GeoDbFacts look(String localSite, Optional<HostName> backend) throws InterruptedException, NoAnswerException {
        List<Site> sites = answer(geoDb.sites().list());
        Optional<Site> local =
                sites.stream().filter(site -> site.name().equals(localSite)).findFirst();
        List<Backend> backends =
                local.isPresent() ? answer(geoDb.backends().list(local.get().id())) : List.of();
        Optional<Backend> self = backend.isPresent() ? answer(geoDb.backends().find(backend.get())) : Optional.empty();
        Instant before = Instant.now();
        Instant theirs = answer(geoDb.time());
        Instant after = Instant.now();
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        return new GeoDbFacts(sites, backends, self, Duration.between(ours, theirs));
    }

    private static <T> T answer(CompletionStage<T> stage) throws InterruptedException, NoAnswerException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NoAnswerException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new NoAnswerException("no answer within " + PATIENCE.toSeconds() + " s", e);
        }
    }
}
