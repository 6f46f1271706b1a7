package org.pombal.controller.automation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pombal.model.backend.BackendId;
import org.pombal.model.groupsize.GroupSize;

/**
 * How many users each group of a backend had when all were counted last: {@link UsersCounted} in detail, a note for each backend, so that none
 * grows with the site.
 *
 * @param at in milliseconds of Unix time, the same in all notes of a count
 * @param users by the name of a group
 */
public record GroupUsersCounted(long at, Map<String, Long> users) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public GroupUsersCounted {
        users = new TreeMap<>(users);
    }

    /** Under which it stands in GeoDB: names that begin as {@link UsersCounted#NOTE}. */
    static String note(BackendId backend) {
        return UsersCounted.NOTE + "/" + backend;
    }

    static Map<BackendId, GroupUsersCounted> of(List<GroupSize> groups, Instant at) {
        Map<BackendId, GroupUsersCounted> counted = new HashMap<>();
        groups.stream()
                .collect(groupingBy(
                        size -> size.group().backend(),
                        toMap(size -> size.group().id().name(), GroupSize::users)))
                .forEach((backend, users) -> counted.put(backend, new GroupUsersCounted(at.toEpochMilli(), users)));
        return counted;
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("counted users cannot be written as JSON", e);
        }
    }

    /** What cannot be read is not known: users are counted again. */
    public static Optional<GroupUsersCounted> read(String text) {
        try {
            return Optional.of(JSON.readValue(text, GroupUsersCounted.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
