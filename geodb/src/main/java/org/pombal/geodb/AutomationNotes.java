package org.pombal.geodb;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;

/**
 * What a site's controllers write down for each other about their automation: what they saw, planned and did last. By plain quorum
 * writes; losing a note delays decisions and nothing else.
 */
public interface AutomationNotes {

    /** How long a note stays that is not written again. */
    Duration RETENTION = Duration.ofDays(30);

    /**
     * A note.
     *
     * @param text in a form that its writer knows
     * @param at when it was written, by the clock of the controller
     */
    record Note(String text, Instant at) {
        public Note {
            requireNonNull(text, "text is null");
            requireNonNull(at, "at is null");
        }
    }

    /** Replaces the note of that name. */
    CompletionStage<Void> write(SiteId site, String name, Note note);

    CompletionStage<Optional<Note>> find(SiteId site, String name);

    /** All notes whose name begins so, in the order of their names. */
    CompletionStage<Map<String, Note>> list(SiteId site, String prefix);

    CompletionStage<Void> remove(SiteId site, String name);
}
