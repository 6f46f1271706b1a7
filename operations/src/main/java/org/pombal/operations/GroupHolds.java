package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.AutomationNotes;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.mitigation.Breakage;
import org.pombal.model.site.SiteId;

/**
 * What nodes and controllers write down for each other about backends that broke, and about groups that are held for it
 * ({@link org.pombal.model.mitigation.GroupOfDeath}): a note for each. The node that sees to failovers decides; the others keep to it.
 */
public final class GroupHolds {

    private static final String BROKEN = "broken-backend/";
    private static final String GROUP = "held-group/";
    private static final String HELD = "held ";
    private static final String RELEASED = "released ";

    private final AutomationNotes notes;

    public GroupHolds(AutomationNotes notes) {
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * A group that stays where it is, or that was let go by an operator.
     *
     * @param at since when
     * @param why in words for an operator
     */
    public record Hold(GroupId group, Instant at, boolean isReleased, String why) {

        public Hold {
            requireNonNull(group, "group is null");
            requireNonNull(at, "at is null");
            requireNonNull(why, "why is null");
        }
    }

    /** A backend broke. */
    public CompletionStage<Void> broke(SiteId site, Breakage breakage) {
        String groups = String.join(
                "\n", breakage.groups().stream().map(GroupId::name).sorted().toList());
        return notes.write(site, name(breakage), new Note(groups, breakage.at()));
    }

    public CompletionStage<Void> forget(SiteId site, Breakage breakage) {
        return notes.remove(site, name(breakage));
    }

    private static String name(Breakage breakage) {
        return BROKEN + breakage.backend() + "/" + breakage.at().toEpochMilli();
    }

    /** All that are known; what cannot be read is passed over. */
    public CompletionStage<List<Breakage>> breakages(SiteId site) {
        return notes.list(site, BROKEN).thenApply(all -> all.entrySet().stream()
                .flatMap(entry -> breakage(site, entry.getKey(), entry.getValue()).stream())
                .toList());
    }

    private static Optional<Breakage> breakage(SiteId site, String name, Note note) {
        String id = name.substring(BROKEN.length()).replaceFirst("/.*", "");
        try {
            return Optional.of(new Breakage(
                    new BackendId(UUID.fromString(id)),
                    note.at(),
                    Stream.of(note.text().split("\n"))
                            .filter(group -> !group.isBlank())
                            .map(group -> new GroupId(site, group))
                            .collect(toSet())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Those that are held, and those that were let go. */
    public CompletionStage<List<Hold>> all(SiteId site) {
        return notes.list(site, GROUP).thenApply(all -> all.entrySet().stream()
                .filter(entry -> entry.getKey().length() > GROUP.length())
                .map(entry -> hold(site, entry))
                .toList());
    }

    private static Hold hold(SiteId site, Map.Entry<String, Note> entry) {
        String text = entry.getValue().text();
        boolean released = text.startsWith(RELEASED);
        return new Hold(
                new GroupId(site, entry.getKey().substring(GROUP.length())),
                entry.getValue().at(),
                released,
                text.substring(Math.min(text.length(), released ? RELEASED.length() : HELD.length())));
    }

    public CompletionStage<Void> write(Hold hold) {
        return notes.write(
                hold.group().site(),
                GROUP + hold.group().name(),
                new Note((hold.isReleased() ? RELEASED : HELD) + hold.why(), hold.at()));
    }

    /** Neither held any more, nor let go by anybody. */
    public CompletionStage<Void> forget(GroupId group) {
        return notes.remove(group.site(), GROUP + group.name());
    }

    /**
     * Somebody wants the group elsewhere, so it is not held any more.
     *
     * @return whether it was held
     */
    public CompletionStage<Boolean> release(GroupId group, Instant now, String who) {
        return notes.find(group.site(), GROUP + group.name()).thenCompose(note -> {
            boolean held = note.filter(one -> one.text().startsWith(HELD)).isPresent();
            return held ? write(new Hold(group, now, true, who)).thenApply(done -> true) : completedFuture(false);
        });
    }
}
