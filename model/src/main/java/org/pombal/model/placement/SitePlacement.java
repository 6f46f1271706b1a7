package org.pombal.model.placement;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/**
 * The site of a new user: the one where the user came in, if that takes such users; otherwise one of the others that do, by
 * rendezvous hashing, so that two proxies that see the user together agree.
 *
 * <p>A site takes a user if it is online and its tag is the user's: a user without a tag goes to a site without one.
 */
public final class SitePlacement {

    private SitePlacement() {}

    /** What became of it. */
    public sealed interface Choice {

        /** The user goes to this site. */
        record At(Site site) implements Choice {}

        /** No site takes the user; why, in words for an operator. */
        record Nowhere(String reason) implements Choice {}
    }

    /**
     * Chooses.
     *
     * @param tag the name of the user's tag; empty for a user without one
     * @param local the site where the user came in
     * @param sites all there are
     * @param tags all there are
     */
    public static Choice place(
            UserKey user,
            UsernameHash usernameHash,
            Optional<String> tag,
            Site local,
            Collection<Site> sites,
            Collection<Tag> tags) {
        requireNonNull(tag, "tag is null");
        Optional<TagId> wanted = tag.flatMap(name ->
                        tags.stream().filter(its -> its.name().equals(name)).findFirst())
                .map(Tag::id);
        if (tag.isPresent() && wanted.isEmpty()) {
            return new Choice.Nowhere("the user's tag '" + tag.get() + "' does not exist; add it with"
                    + " 'pombal cluster tag create', or correct cluster_tag in the passdb");
        }
        if (takes(local, wanted)) {
            return new Choice.At(local);
        }
        long hash = StableHash.of(usernameHash.textOf(user));
        List<Site> others = sites.stream()
                .filter(site -> !site.id().equals(local.id()))
                .filter(site -> takes(site, wanted))
                .toList();
        return others.stream()
                .filter(site ->
                        site.loadBalancer().isPresent() && site.groupCount().isPresent())
                .max(Comparator.comparingLong((Site site) ->
                                StableHash.combine(hash, StableHash.of(site.id().toString())))
                        .thenComparing(Site::id))
                .<Choice>map(Choice.At::new)
                .orElseGet(() -> new Choice.Nowhere(nowhere(tag, local, others)));
    }

    private static boolean takes(Site site, Optional<TagId> tag) {
        return site.status() == SiteStatus.ONLINE && site.tag().equals(tag);
    }

    private static String nowhere(Optional<String> tag, Site local, List<Site> others) {
        String who = tag.map(name -> "new users with tag '" + name + "'").orElse("new users without a tag");
        String here = "site " + local.name() + " (" + local.status() + ") takes no " + who;
        return others.isEmpty()
                ? here + ", and no other site that is online does"
                : here + ", and " + others.stream().map(Site::name).sorted().toList()
                        + " can not yet, without a load balancer or groups";
    }
}
