package org.pombal.controller.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.scale.ScaleMemory;
import org.pombal.model.scale.Wishes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one decision on the number of backends leaves to the next, in JSON. Times are milliseconds, 0 where there is none. */
record ScaleMemoryDocument(
        long since,
        long last,
        List<Wish> highs,
        long changedAt,
        List<Start> starting,
        @Nullable Leaving leaving,
        @Nullable List<String> known) {

    private static final Logger log = LoggerFactory.getLogger(ScaleMemoryDocument.class);

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    record Wish(long at, int number) {}

    record Start(String host, long since, long upSince) {}

    record Leaving(String host, int number, long since, int before) {}

    static String write(ScaleMemory memory) {
        try {
            return JSON.writeValueAsString(of(memory));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the memory of autoscaling cannot be written as JSON", e);
        }
    }

    private static ScaleMemoryDocument of(ScaleMemory memory) {
        return new ScaleMemoryDocument(
                memory.wishes().map(wishes -> wishes.since().toEpochMilli()).orElse(0L),
                memory.wishes().map(wishes -> wishes.last().toEpochMilli()).orElse(0L),
                memory.wishes().stream()
                        .flatMap(wishes -> wishes.highs().stream())
                        .map(wish -> new Wish(wish.at().toEpochMilli(), wish.number()))
                        .toList(),
                millis(memory.changedAt()),
                memory.starting().entrySet().stream()
                        .map(entry -> new Start(
                                entry.getKey().value(),
                                entry.getValue().since().toEpochMilli(),
                                millis(entry.getValue().upSince())))
                        .toList(),
                memory.leaving()
                        .map(one -> new Leaving(
                                one.host().value(),
                                one.number(),
                                one.since().toEpochMilli(),
                                one.before().percent()))
                        .orElse(null),
                memory.known()
                        .map(hosts -> hosts.stream().map(HostName::value).toList())
                        .orElse(null));
    }

    private static long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(0L);
    }

    /** What was written; what cannot be read is forgotten, as {@link ScaleMemory} allows. */
    static ScaleMemory read(Optional<String> text) {
        try {
            return text.isEmpty()
                    ? ScaleMemory.EMPTY
                    : JSON.readValue(text.get(), ScaleMemoryDocument.class).memory();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            log.warn("what autoscaling knew of before cannot be read, and is forgotten: {}", e.getMessage());
            return ScaleMemory.EMPTY;
        }
    }

    private ScaleMemory memory() {
        Map<HostName, ScaleMemory.Start> starts = new HashMap<>();
        starting.forEach(start -> starts.put(
                new HostName(start.host()),
                new ScaleMemory.Start(Instant.ofEpochMilli(start.since()), instant(start.upSince()))));
        return new ScaleMemory(
                highs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Wishes(
                                Instant.ofEpochMilli(since),
                                Instant.ofEpochMilli(last),
                                highs.stream()
                                        .map(wish -> new Wishes.Wish(Instant.ofEpochMilli(wish.at()), wish.number()))
                                        .toList())),
                instant(changedAt),
                starts,
                Optional.ofNullable(leaving)
                        .map(one -> new ScaleMemory.Leaving(
                                new HostName(one.host()),
                                one.number(),
                                Instant.ofEpochMilli(one.since()),
                                new LoadFactor(one.before()))),
                Optional.ofNullable(known).map(ScaleMemoryDocument::hosts));
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Set<HostName> hosts(List<String> names) {
        Set<HostName> hosts = new HashSet<>();
        names.forEach(name -> hosts.add(new HostName(name)));
        return hosts;
    }
}
