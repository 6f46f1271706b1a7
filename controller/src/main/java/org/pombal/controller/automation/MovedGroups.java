package org.pombal.controller.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

/** When groups were moved last, as far as the automation knows; they rest for a while. Kept as JSON. */
final class MovedGroups {

    static final String NOTE = "moved-groups";

    private static final ObjectMapper JSON = new ObjectMapper();

    private MovedGroups() {}

    /** Losing it lets groups move that should rest, and nothing worse. */
    static Map<GroupId, Instant> read(SiteId site, Optional<String> text) {
        Map<GroupId, Instant> moved = new HashMap<>();
        try {
            if (text.isPresent()) {
                JSON.readValue(text.get(), new TypeReference<Map<String, Long>>() {})
                        .forEach((name, at) -> moved.put(new GroupId(site, name), Instant.ofEpochMilli(at)));
            }
        } catch (JsonProcessingException e) {
            moved.clear();
        }
        return moved;
    }

    /** Without those that have rested long enough. */
    static String write(Map<GroupId, Instant> moved, Instant now, Duration cooldown) {
        Map<String, Long> kept = new TreeMap<>();
        moved.forEach((group, at) -> {
            if (at.plus(cooldown).isAfter(now)) {
                kept.put(group.name(), at.toEpochMilli());
            }
        });
        try {
            return JSON.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("moved groups cannot be written as JSON", e);
        }
    }
}
