package org.pombal.simulation.sites;

import java.util.Arrays;
import org.pombal.simulation.Chance;

/**
 * What is up between the sites, each of which has a data centre of Cassandra; two sites may have a third data centre without a site between
 * them.
 */
final class Links {

    private final boolean[][] cut;
    private final boolean[] down;
    private final int sites;

    Links(int sites, boolean witness) {
        this.sites = sites;
        int dataCentres = sites + (witness ? 1 : 0);
        this.cut = new boolean[dataCentres][dataCentres];
        this.down = new boolean[dataCentres];
    }

    int sites() {
        return sites;
    }

    /** Whether most data centres are left when one is lost. */
    boolean surviveOne() {
        return down.length > 2;
    }

    boolean isDown(int site) {
        return down[site];
    }

    void setDown(int site, boolean isDown) {
        down[site] = isDown;
    }

    /** Whether a proxy of one site gets to the load balancer of the other. */
    boolean reaches(int from, int to) {
        return !down[from] && !down[to] && (from == to || !cut[from][to]);
    }

    /** Whether their data centres work together. */
    boolean areJoined(int one, int other) {
        return reaches(one, other) && reaches(other, one);
    }

    /** Whether a request from this site finds most of the data centres. */
    boolean hasMajority(int site) {
        int joined = 0;
        for (int other = 0; other < down.length; other++) {
            joined += areJoined(site, other) ? 1 : 0;
        }
        return 2 * joined > down.length;
    }

    /** The sites fall apart in two, or a link breaks, one way or both. */
    void cutSomewhere(Chance chance) {
        if (chance.in(50)) {
            int side = chance.between(1, (1 << down.length) - 2);
            for (int from = 0; from < down.length; from++) {
                for (int to = 0; to < down.length; to++) {
                    cut[from][to] |= (side >> from & 1) != (side >> to & 1);
                }
            }
            return;
        }
        int from = chance.below(down.length);
        int to = chance.below(down.length);
        cut[from][to] = from != to;
        cut[to][from] |= from != to && chance.in(50);
    }

    /** Nothing gets anywhere. */
    void cutAll() {
        for (int dataCentre = 0; dataCentre < down.length; dataCentre++) {
            cutOff(dataCentre);
        }
    }

    /** Nothing gets to a site or from it. */
    void cutOff(int site) {
        for (int other = 0; other < down.length; other++) {
            cut[site][other] = site != other;
            cut[other][site] = site != other;
        }
    }

    void join() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
    }
}
