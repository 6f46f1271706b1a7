package org.pombal.geodb.memory;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.site.Tag;

final class MemoryTags {

    private final InMemoryCluster store;
    private final Requests requests;

    MemoryTags(InMemoryCluster store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    CompletionStage<List<Tag>> list() {
        return requests.read("listing tags", () -> store.tags.scan().stream()
                .filter(kept -> !kept.retired())
                .map(Kept::row)
                .sorted(comparing(Tag::name))
                .toList());
    }

    CompletionStage<Cas<Tag>> create(Tag tag) {
        return requests.compareAndSet("adding tag " + tag.name(), attempt -> {
            Optional<Tag> standing = standing(tag);
            Optional<Tag> other = standing.or(() -> namesake(tag, tag.name()));
            if (other.isPresent() && !other.get().equals(tag)) {
                return new Cas.Lost<>(other);
            }
            put(Kept.of(tag), attempt);
            return new Cas.Applied<>(tag);
        });
    }

    CompletionStage<Cas<Tag>> rename(Tag tag, String newName) {
        return requests.compareAndSet("renaming tag " + tag.name(), attempt -> {
            Tag renamed = new Tag(tag.id(), newName);
            Optional<Tag> namesake = namesake(tag, newName);
            return namesake.isPresent() ? new Cas.Lost<>(namesake) : replace(tag, Kept.of(renamed), attempt);
        });
    }

    CompletionStage<Cas<Tag>> retire(Tag tag) {
        return requests.compareAndSet(
                "retiring tag " + tag.name(), attempt -> replace(tag, new Kept<>(tag, true), attempt));
    }

    private Cas<Tag> replace(Tag before, Kept<Tag> next, Attempt attempt) {
        Optional<Kept<Tag>> standing = store.tags.get(before.id(), ReadLevel.SERIAL);
        if (standing.equals(Optional.of(Kept.of(before)))) {
            put(next, attempt);
            return new Cas.Applied<>(next.row());
        }
        return attempt.askedAgain() && standing.equals(Optional.of(next))
                ? new Cas.Applied<>(next.row())
                : new Cas.Lost<>(Kept.present(standing));
    }

    private Optional<Tag> standing(Tag tag) {
        return Kept.present(store.tags.get(tag.id(), ReadLevel.SERIAL));
    }

    private Optional<Tag> namesake(Tag tag, String name) {
        return store.tags.settled().stream()
                .filter(kept -> !kept.retired())
                .map(Kept::row)
                .filter(other -> other.name().equals(name) && !other.id().equals(tag.id()))
                .findFirst();
    }

    private void put(Kept<Tag> row, Attempt attempt) {
        store.tags.put(row.row().id(), row, attempt.commits());
    }
}
