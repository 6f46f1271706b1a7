package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.pombal.model.groupsize.Regrouping;
import org.pombal.model.site.Site;

/**
 * A change of the number of a site's groups, as it is kept in GeoDB.
 *
 * @param from how many there were
 * @param to how many there are to be
 * @param by who asked for it
 * @param at when, in milliseconds of Unix time
 * @param started whether an operator has let it begin, and nobody has stopped it since
 * @param made names of new groups, and the ids of the backends that they are made on
 * @param retired names of groups that end
 * @param transfers users who are still to go, by name of group
 * @param users how many were to go in all
 * @param problem why it does not go on; empty if it does
 */
public record GroupNumberChange(
        int from,
        int to,
        String by,
        long at,
        Phase phase,
        boolean started,
        Map<String, String> made,
        List<String> retired,
        List<Transfer> transfers,
        long users,
        String problem) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** How far it is. */
    public enum Phase {
        /** It is to be planned. */
        WANTED,
        /** It is planned, and waits for an operator to let it begin. */
        PLANNED,
        /** New groups are made and the number is written. */
        MAKING,
        /** Users go to their new groups. */
        MOVING,
        /** Groups that are empty end. */
        RETIRING,
        DONE
    }

    /** So many users of one group are to go to another. */
    public record Transfer(String from, String to, long users) {}

    public GroupNumberChange {
        requireNonNull(by, "by is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(problem, "problem is null");
        made = new TreeMap<>(made);
        retired = List.copyOf(retired);
        transfers = List.copyOf(transfers);
    }

    static GroupNumberChange wanted(int from, int to, String by, long at, boolean started) {
        return new GroupNumberChange(from, to, by, at, Phase.WANTED, started, Map.of(), List.of(), List.of(), 0, "");
    }

    GroupNumberChange planned(Regrouping plan) {
        Map<String, String> groups = new TreeMap<>();
        plan.made().forEach((group, backend) -> groups.put(group.name(), backend.toString()));
        return new GroupNumberChange(
                from,
                to,
                by,
                at,
                Phase.PLANNED,
                started,
                groups,
                plan.retired().stream().map(group -> group.name()).toList(),
                plan.transfers().stream()
                        .map(one -> new Transfer(one.from().name(), one.to().name(), one.users()))
                        .toList(),
                plan.users(),
                String.join("; ", plan.objections()));
    }

    GroupNumberChange in(Phase next) {
        return new GroupNumberChange(from, to, by, at, next, started, made, retired, transfers, users, "");
    }

    GroupNumberChange begun() {
        return new GroupNumberChange(from, to, by, at, phase, true, made, retired, transfers, users, problem);
    }

    GroupNumberChange stopped() {
        return new GroupNumberChange(from, to, by, at, phase, false, made, retired, transfers, users, problem);
    }

    boolean isUnderWay() {
        return phase == Phase.MAKING || phase == Phase.MOVING || phase == Phase.RETIRING;
    }

    /** Whether something was done already, by which it can only go on; it may be planned anew in the midst of it. */
    boolean hasBegunAt(Site site) {
        return isUnderWay() || site.groupCount().equals(OptionalInt.of(to));
    }

    GroupNumberChange left(List<Transfer> still) {
        return new GroupNumberChange(from, to, by, at, phase, started, made, retired, still, users, problem);
    }

    GroupNumberChange hindered(String why) {
        return new GroupNumberChange(from, to, by, at, phase, started, made, retired, transfers, users, why);
    }

    /** How many users have still to begin. */
    public long usersLeft() {
        return transfers.stream().mapToLong(Transfer::users).sum();
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a change of the number of groups cannot be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static Optional<GroupNumberChange> read(Optional<String> text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(text.get(), GroupNumberChange.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a change of the number of groups: " + e.getOriginalMessage(), e);
        }
    }
}
