package org.pombal.controller.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.pombal.model.backend.BackendId;
import org.pombal.model.mitigation.Condition;
import org.pombal.model.mitigation.MitigationMemory;
import org.pombal.model.mitigation.MitigationMemory.Track;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.ProxyDestination;

/** What one judgement leaves to the next, in JSON. Times are milliseconds; fields that a newer version adds are passed over. */
record MemoryDocument(long at, List<Entry> tracks) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** @param kind backend or site */
    record Entry(String kind, String id, String condition, long since, long shedAt, List<Long> offlineAt) {}

    static String write(MitigationMemory memory) {
        List<Entry> tracks = memory.tracks().entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        try {
            return JSON.writeValueAsString(
                    new MemoryDocument(memory.at().map(Instant::toEpochMilli).orElse(0L), tracks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the memory of judgements cannot be written as JSON", e);
        }
    }

    private static Entry entry(ProxyDestination destination, Track track) {
        boolean isSite = destination instanceof ProxyDestination.OfSite;
        String id = destination instanceof ProxyDestination.OfSite site
                ? site.id().toString()
                : ((ProxyDestination.OfBackend) destination).id().toString();
        return new Entry(
                isSite ? "site" : "backend",
                id,
                track.condition().name(),
                track.since().toEpochMilli(),
                track.shedAt().map(Instant::toEpochMilli).orElse(0L),
                track.offlineAt().stream().map(Instant::toEpochMilli).toList());
    }

    /** What was written; what cannot be read is forgotten, by which decisions come later and nothing worse. */
    static MitigationMemory read(Optional<String> text) {
        try {
            return text.isEmpty()
                    ? MitigationMemory.EMPTY
                    : JSON.readValue(text.get(), MemoryDocument.class).memory();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return MitigationMemory.EMPTY;
        }
    }

    private MitigationMemory memory() {
        Map<ProxyDestination, Track> all = new HashMap<>();
        for (Entry entry : tracks) {
            UUID id = UUID.fromString(entry.id());
            all.put(
                    entry.kind().equals("site")
                            ? new ProxyDestination.OfSite(new SiteId(id))
                            : new ProxyDestination.OfBackend(new BackendId(id)),
                    new Track(
                            Condition.valueOf(entry.condition()),
                            Instant.ofEpochMilli(entry.since()),
                            entry.shedAt() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(entry.shedAt())),
                            entry.offlineAt().stream()
                                    .map(Instant::ofEpochMilli)
                                    .toList()));
        }
        return new MitigationMemory(at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at)), all);
    }
}
