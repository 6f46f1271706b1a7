package org.pombal.controller.automation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.pombal.model.backend.BackendId;
import org.pombal.model.groupsize.GroupSize;

/**
 * How many users the groups of a site's backends had when all were counted last. To count them goes through all users of the cluster, so that
 * it is kept of when the automation had to.
 *
 * @param at in milliseconds of Unix time
 * @param users by the id of a backend
 */
public record UsersCounted(long at, Map<UUID, Long> users) {

    /** Under which it stands in GeoDB. */
    public static final String NOTE = "users-counted";

    private static final ObjectMapper JSON = new ObjectMapper();

    public UsersCounted {
        users = new TreeMap<>(users);
    }

    static UsersCounted of(List<GroupSize> groups, Instant at) {
        return new UsersCounted(
                at.toEpochMilli(),
                groups.stream()
                        .collect(groupingBy(size -> size.group().backend().value(), summingLong(GroupSize::users))));
    }

    /** Users by backend. */
    public Map<BackendId, Long> byBackend() {
        return users.entrySet().stream().collect(toMap(entry -> new BackendId(entry.getKey()), Map.Entry::getValue));
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("counted users cannot be written as JSON", e);
        }
    }

    /** What cannot be read is not known: users are counted again. */
    public static Optional<UsersCounted> read(String text) {
        try {
            return Optional.of(JSON.readValue(text, UsersCounted.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
