package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AutomationNotes;
import org.pombal.model.site.SiteId;

final class MemoryAutomationNotes implements AutomationNotes {

    record Key(SiteId site, String name) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::site).thenComparing(Key::name);
    }

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryAutomationNotes(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> write(SiteId site, String name, Note note) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write(
                "writing the note " + name, () -> store.automationNotes.put(new Key(site, name), note, timestamp));
    }

    @Override
    public CompletionStage<Optional<Note>> find(SiteId site, String name) {
        return requests.read("reading the note " + name, () -> store.automationNotes.get(new Key(site, name)));
    }

    @Override
    public CompletionStage<Map<String, Note>> list(SiteId site, String prefix) {
        return requests.read("reading the notes " + prefix, () -> {
            Map<String, Note> notes = new TreeMap<>();
            store.automationNotes
                    .keysFrom(new Key(site, prefix), true)
                    .takeWhile(key -> key.site().equals(site) && key.name().startsWith(prefix))
                    .forEach(key -> store.automationNotes.get(key).ifPresent(note -> notes.put(key.name(), note)));
            return notes;
        });
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, String name) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write(
                "removing the note " + name, () -> store.automationNotes.remove(new Key(site, name), timestamp));
    }
}
