package org.pombal.demo.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Two sites with a GeoDB in common, each with a proxy that is its load balancer, which fail over in seconds instead of minutes. */
public final class TwoSites implements AutoCloseable {

    private static final Map<String, String> HASTE = Map.of(
            "cluster_site_failover", "automatic",
            "cluster_site_check_interval", "1s",
            "cluster_site_lost_after", "3s",
            "cluster_site_failover_wait", "15s",
            "cluster_site_trust", "8s",
            "cluster_site_read_interval", "1s",
            "cluster_site_recover_after", "5s",
            "cluster_default_group_count", "8");

    private final MailSite first;
    private final MailSite second;

    private TwoSites(MailSite first, MailSite second) {
        this.first = requireNonNull(first, "first is null");
        this.second = requireNonNull(second, "second is null");
    }

    /**
     * Starts both.
     *
     * @param like what both are like but for names, addresses and folders
     * @param network of the second one
     * @throws IllegalStateException saying which part did not start, and why
     */
    public static TwoSites start(SitePlan like, String network, Consumer<String> progress) {
        MailSite lisbon = MailSite.start(plan(like, "lisbon", like.network()), progress);
        try {
            MailSite porto = MailSite.start(plan(like, "porto", network), progress);
            introduce(lisbon, porto);
            introduce(porto, lisbon);
            return new TwoSites(lisbon, porto);
        } catch (RuntimeException e) {
            lisbon.close();
            throw e;
        }
    }

    private static SitePlan plan(SitePlan like, String name, String network) {
        return new SitePlan(
                name,
                name + "." + SitePlan.TEST_DOMAIN,
                like.folder().resolve(name),
                like.folder().resolve(name),
                like.dovecot(),
                like.backendDovecot(),
                network,
                like.ports(),
                like.nodePort(),
                1,
                2,
                like.geoDb(),
                like.pombal(),
                like.proxyAccounts(),
                like.backendAccounts(),
                Optional.empty(),
                HASTE,
                like.proxyMore(),
                like.backendMore());
    }

    /** As with DNS, each site can find the other's hosts. */
    private static void introduce(MailSite site, MailSite other) {
        try {
            List<String> lines = IntStream.rangeClosed(1, other.plan().backends())
                    .mapToObj(number -> other.plan().backendAddress(number) + " "
                            + other.plan().backendHost(number))
                    .toList();
            Files.write(site.hostsFile(), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + site.hostsFile(), e);
        }
    }

    public MailSite first() {
        return first;
    }

    public MailSite second() {
        return second;
    }

    @Override
    public void close() {
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
