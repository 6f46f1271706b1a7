package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides the next change of an electorate towards the nodes that should be in it: one node, never more. */
public final class ElectorateRegistrar {

    private ElectorateRegistrar() {}

    /**
     * The version to be written after a majority of {@code standing} has said "up"; empty if nothing is to change.
     *
     * @param wanted the nodes that should vote; the first {@value Electorate#MAX_MEMBERS} by name do
     */
    public static Optional<Electorate> next(Electorate standing, SortedSet<VoterId> wanted) {
        requireNonNull(standing, "standing is null");
        SortedSet<VoterId> chosen = new TreeSet<>();
        for (Iterator<VoterId> each = wanted.iterator(); each.hasNext() && chosen.size() < Electorate.MAX_MEMBERS; ) {
            chosen.add(each.next());
        }
        if (chosen.isEmpty()) {
            // Nobody could ever decide again, not even to add a voter.
            return Optional.empty();
        }
        Optional<VoterId> gone = standing.members().stream()
                .filter(voter -> !chosen.contains(voter))
                .findFirst();
        Optional<VoterId> missing =
                chosen.stream().filter(voter -> !standing.has(voter)).findFirst();
        // Adding first keeps the electorate from shrinking to nothing, unless there is no room.
        boolean full = standing.members().size() >= Electorate.MAX_MEMBERS;
        return (full ? gone : missing.or(() -> gone)).map(standing::toggled);
    }
}
