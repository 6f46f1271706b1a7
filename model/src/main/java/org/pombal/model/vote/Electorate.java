package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pombal.model.site.SiteId;

/**
 * Who votes in a site. It changes by one node at a time, so that a majority of one version and a majority of the next share a node.
 *
 * @param members at most {@value #MAX_MEMBERS}
 * @param version from 1, one more with each change
 */
public record Electorate(SiteId site, SortedSet<VoterId> members, long version) {

    public static final int MAX_MEMBERS = 25;

    public Electorate {
        requireNonNull(site, "site is null");
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        if (members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException(members.size() + " nodes in the electorate of site " + site
                    + ", at most " + MAX_MEMBERS + " may vote");
        }
        if (version < 1) {
            throw new IllegalArgumentException("versions of an electorate begin at 1, not " + version);
        }
    }

    /** The first electorate of a site. */
    public static Electorate first(SiteId site, SortedSet<VoterId> members) {
        return new Electorate(site, members, 1);
    }

    /** How many must say the same. Without members nothing is ever decided. */
    public int majority() {
        return members.size() / 2 + 1;
    }

    /** The next version with one node more, or one less. */
    public Electorate toggled(VoterId voter) {
        SortedSet<VoterId> next = new TreeSet<>(members);
        if (!next.remove(voter)) {
            next.add(voter);
        }
        return new Electorate(site, next, version + 1);
    }

    public boolean has(VoterId voter) {
        return members.contains(voter);
    }
}
