package org.pombal.geodb.settings;

/** How requests are spread over Cassandra's nodes, by the names Cassandra's drivers made common. */
public enum LoadBalancingPolicy {
    DC_AWARE_ROUND_ROBIN("DCAwareRoundRobin"),
    ROUND_ROBIN("RoundRobin");

    private final String text;

    LoadBalancingPolicy(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
