package org.pombal.model.sitebalance;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;

/** How full sites are, each relative to its capacity. */
final class SiteLevels {

    /** Users that go from one site to another. */
    record Stream(SiteUsers from, SiteUsers to, long users) {}

    /** @param peak of the fullest site afterwards */
    record Flow(List<Stream> streams, double peak) {}

    /** Halvings of an interval until a user more or less makes no difference. */
    private static final int STEPS = 100;

    private final List<SiteUsers> sites;
    private final double[] shares;

    private SiteLevels(List<SiteUsers> sites, double[] shares) {
        this.sites = sites;
        this.shares = shares;
    }

    static SiteLevels of(List<SiteUsers> sites) {
        double users = sites.stream().mapToLong(SiteUsers::users).sum();
        double capacity = sites.stream().mapToInt(SiteUsers::capacity).sum();
        double[] shares = sites.stream()
                .mapToDouble(site -> users * site.capacity() / capacity)
                .toArray();
        return new SiteLevels(sites, shares);
    }

    private double level(int site) {
        return shares[site] == 0 ? 1 : sites.get(site).users() / shares[site];
    }

    /** Users over share of the fullest. */
    double peak() {
        double peak = 0;
        for (int i = 0; i < shares.length; i++) {
            peak = Math.max(peak, level(i));
        }
        return peak;
    }

    /** By how much of its share the fullest site is above the emptiest. */
    double spread() {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            lowest = Math.min(lowest, level(i));
        }
        return peak() - lowest;
    }

    /** Into a band of that width. */
    Flow flow(double slack) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < STEPS; step++) {
            double floor = (low + high) / 2;
            if (missing(floor) < excess(floor + slack)) {
                low = floor;
            } else {
                high = floor;
            }
        }
        double floor = low;
        double ceiling = low + slack;
        List<Pool> givers = new ArrayList<>();
        List<Pool> takers = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            double over = sites.get(i).users() - ceiling * shares[i];
            double under = floor * shares[i] - sites.get(i).users();
            if (over > 0) {
                givers.add(new Pool(sites.get(i), (long) Math.ceil(over - 1e-6)));
            } else if (under > 0) {
                takers.add(new Pool(sites.get(i), (long) Math.ceil(under - 1e-6)));
            }
        }
        return new Flow(streams(givers, takers), Math.min(peak(), ceiling));
    }

    private double missing(double floor) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += Math.max(0, floor * shares[i] - sites.get(i).users());
        }
        return sum;
    }

    private double excess(double ceiling) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += Math.max(0, sites.get(i).users() - ceiling * shares[i]);
        }
        return sum;
    }

    /** Users that a site gives or takes. */
    private static final class Pool {

        private final SiteUsers site;
        private long users;

        Pool(SiteUsers site, long users) {
            this.site = site;
            this.users = users;
        }
    }

    /** The largest to the largest, so that few pairs of sites are concerned. */
    private static List<Stream> streams(List<Pool> givers, List<Pool> takers) {
        givers.sort(comparingDouble(pool -> -pool.users));
        takers.sort(comparingDouble(pool -> -pool.users));
        List<Stream> streams = new ArrayList<>();
        int taker = 0;
        for (Pool giver : givers) {
            while (giver.users > 0 && taker < takers.size()) {
                Pool to = takers.get(taker);
                long users = Math.min(giver.users, to.users);
                streams.add(new Stream(giver.site, to.site, users));
                giver.users -= users;
                to.users -= users;
                if (to.users == 0) {
                    taker++;
                }
            }
        }
        return streams;
    }

    /** So many users of a site into others, the emptiest first, up to one level. */
    static List<Stream> filling(SiteUsers from, List<SiteUsers> takers, long users) {
        double low = 0;
        double high = takers.stream()
                .mapToDouble(site -> (double) (site.users() + users) / site.capacity())
                .max()
                .orElse(0);
        for (int step = 0; step < STEPS; step++) {
            double level = (low + high) / 2;
            double room = takers.stream()
                    .mapToDouble(site -> Math.max(0, level * site.capacity() - site.users()))
                    .sum();
            if (room < users) {
                low = level;
            } else {
                high = level;
            }
        }
        List<Stream> streams = new ArrayList<>();
        long left = users;
        for (SiteUsers site : takers) {
            long some = Math.min(left, (long) Math.ceil(Math.max(0, high * site.capacity() - site.users()) - 1e-6));
            if (some > 0) {
                streams.add(new Stream(from, site, some));
                left -= some;
            }
        }
        return streams;
    }
}
