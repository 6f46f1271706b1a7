package org.pombal.dovecot.auth;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.site.SiteId;

/**
 * What the Pombal node of the hop before this one said about a session. It travels in a forward field: Dovecot's proxies
 * pass fields named {@code forward_*} of the passdb's answer on to the next hop, which believes them if it trusts the
 * proxy ({@code login_trusted_networks}).
 *
 * <pre>
 * forward_pombal = word *( "," word )
 * word           = "referrals" / "pinned" / "via:" host / "site:" uuid
 * </pre>
 *
 * @param followsReferrals whether the hop is a proxy that can be referred elsewhere
 * @param pinned whether the passdb of the hop chose this destination itself
 * @param sentOnBy host names of the backends that have sent the session on, the earliest first
 * @param sites ids of the sites that have sent the session on to another site, the earliest first
 */
public record PreviousHop(boolean followsReferrals, boolean pinned, List<String> sentOnBy, List<SiteId> sites) {

    /** Nobody said anything: a client, an MTA, or a proxy without Pombal. */
    public static final PreviousHop UNKNOWN = new PreviousHop(false, false, List.of(), List.of());

    /** A proxy that follows referrals. */
    public static final PreviousHop FOLLOWS_REFERRALS = new PreviousHop(true, false, List.of(), List.of());

    /** A proxy whose passdb named the destination. */
    public static final PreviousHop PINNED = new PreviousHop(false, true, List.of(), List.of());

    /** Name of the field as the passdb's answer has it. */
    public static final String FIELD = "forward_pombal";

    private static final String NAME_AT_NEXT_HOP = "pombal=";
    private static final String REFERRALS_WORD = "referrals";
    private static final String PINNED_WORD = "pinned";
    private static final String VIA = "via:";
    private static final String SITE = "site:";

    public PreviousHop {
        sentOnBy = List.copyOf(requireNonNull(sentOnBy, "sentOnBy is null"));
        sites = List.copyOf(requireNonNull(sites, "sites is null"));
    }

    /**
     * Reads the value of {@code forward_fields=}: fields separated by TAB, each escaped once more. Words it does not know
     * are skipped; they are of a later release.
     */
    static PreviousHop parse(String forwardFields) {
        PreviousHop hop = UNKNOWN;
        for (String field : forwardFields.split("\t", -1)) {
            if (field.startsWith(NAME_AT_NEXT_HOP)) {
                hop = parseWords(field.substring(NAME_AT_NEXT_HOP.length()));
            }
        }
        return hop;
    }

    private static PreviousHop parseWords(String text) {
        List<String> words = List.of(text.split(",", -1));
        List<String> sentOnBy = words.stream()
                .filter(word -> word.startsWith(VIA))
                .map(word -> word.substring(VIA.length()))
                .toList();
        List<SiteId> sites = words.stream()
                .filter(word -> word.startsWith(SITE))
                .flatMap(word -> site(word.substring(SITE.length())).stream())
                .toList();
        return new PreviousHop(words.contains(REFERRALS_WORD), words.contains(PINNED_WORD), sentOnBy, sites);
    }

    private static Optional<SiteId> site(String text) {
        try {
            return Optional.of(SiteId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the next hop is to know when {@code host} sends the session on by itself. */
    public PreviousHop sentOnBy(String host) {
        List<String> hosts = new ArrayList<>(sentOnBy);
        hosts.add(host);
        return new PreviousHop(false, false, hosts, sites);
    }

    /** What the next hop is to know when this site sends the session on to another; {@code before} is what it was told itself. */
    public PreviousHop leaving(SiteId site, PreviousHop before) {
        List<SiteId> passed = new ArrayList<>(before.sites);
        passed.add(site);
        return new PreviousHop(followsReferrals, pinned, sentOnBy, passed);
    }

    /** The value of the field {@link #FIELD}. */
    public String toFieldValue() {
        List<String> words = new ArrayList<>();
        if (followsReferrals) {
            words.add(REFERRALS_WORD);
        }
        if (pinned) {
            words.add(PINNED_WORD);
        }
        sentOnBy.forEach(host -> words.add(VIA + host));
        sites.forEach(site -> words.add(SITE + site));
        return String.join(",", words);
    }
}
