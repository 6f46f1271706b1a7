package org.pombal.controller.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pombal.model.group.GroupId;
import org.pombal.model.groupsize.UserMoves.UserMove;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/**
 * Users who are still to change groups by a plan of a day, in JSON.
 *
 * @param day of the plan, as {@code 2026-01-31}, in UTC
 * @param planned how many there were
 */
record PlannedUsers(String day, int planned, List<Entry> left) {

    static final PlannedUsers NONE = new PlannedUsers("", 0, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A user; groups are written as id of the site, a slash, and name. */
    record Entry(String user, String from, String to) {}

    static PlannedUsers of(String day, int planned, List<UserMove> left) {
        return new PlannedUsers(
                day,
                planned,
                left.stream()
                        .map(move -> new Entry(move.user().value(), text(move.from()), text(move.to())))
                        .toList());
    }

    private static String text(GroupId group) {
        return group.site() + "/" + group.name();
    }

    private static GroupId group(String text) {
        String[] parts = text.split("/", 2);
        return new GroupId(new SiteId(UUID.fromString(parts[0])), parts[1]);
    }

    List<UserMove> moves() {
        return left.stream()
                .map(entry -> new UserMove(new UserKey(entry.user()), group(entry.from()), group(entry.to())))
                .toList();
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("planned users cannot be written as JSON", e);
        }
    }

    /** What cannot be read is forgotten: there is another plan tomorrow. */
    static PlannedUsers read(Optional<String> text) {
        try {
            return text.isEmpty() ? NONE : JSON.readValue(text.get(), PlannedUsers.class);
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }
}
