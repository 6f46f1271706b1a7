package org.pombal.chaos.fault;

import static java.util.Objects.requireNonNull;

import org.pombal.chaos.history.Round;

/** What can be done to a site. */
public enum FaultKind {
    MOVES("nothing but moves", On.NOBODY, Round.Kind.PLANNED),
    EVACUATION("evacuation", On.BACKEND, Round.Kind.PLANNED),
    NODE_KILLED("node killed", On.BACKEND, Round.Kind.KILL),
    NODE_STOPPED("node stopped", On.BACKEND, Round.Kind.OTHER),
    GUARDIAN_KILLED("guardian killed", On.BACKEND, Round.Kind.KILL),
    GUARDIAN_STOPPED("guardian stopped", On.BACKEND, Round.Kind.OTHER),
    DOVECOT_KILLED("Dovecot killed", On.BACKEND, Round.Kind.KILL),
    DOVECOT_STOPPED("Dovecot stopped", On.BACKEND, Round.Kind.OTHER),
    HOST_KILLED("backend host killed", On.BACKEND, Round.Kind.KILL),
    HOST_STOPPED("backend host stopped", On.BACKEND, Round.Kind.OTHER),
    CUT_FROM_GEODB("backend cut off from GeoDB", On.BACKEND, Round.Kind.OTHER),
    CUT_FROM_ALL("backend cut off from all", On.BACKEND, Round.Kind.OTHER),
    CUT_FROM_PEERS("backend cut off from the other backends", On.BACKEND, Round.Kind.OTHER),
    PROXY_NODE_KILLED("proxy's node killed", On.PROXY, Round.Kind.OTHER),
    PROXY_CUT_FROM_GEODB("proxy cut off from GeoDB", On.PROXY, Round.Kind.OTHER),
    GEODB_KILLED("Cassandra killed", On.GEODB, Round.Kind.OTHER),
    GEODB_STOPPED("Cassandra stopped", On.GEODB, Round.Kind.OTHER),
    GEODB_CUT("Cassandra cut off from its ring", On.GEODB, Round.Kind.OTHER),
    GEODB_ALL_STOPPED("all of Cassandra stopped", On.NOBODY, Round.Kind.OTHER);

    /** Which host it befalls. */
    public enum On {
        BACKEND,
        PROXY,
        GEODB,
        NOBODY
    }

    private final String words;
    private final On on;
    private final Round.Kind judged;

    FaultKind(String words, On on, Round.Kind judged) {
        this.words = requireNonNull(words, "words is null");
        this.on = requireNonNull(on, "on is null");
        this.judged = requireNonNull(judged, "judged is null");
    }

    public String words() {
        return words;
    }

    public On on() {
        return on;
    }

    /** Whether a node or Dovecot's processes end by it. So may those of a host that is stopped, if it is fenced. */
    public boolean breaksAuth() {
        return switch (this) {
            case NODE_KILLED, PROXY_NODE_KILLED, GUARDIAN_KILLED, DOVECOT_KILLED, HOST_KILLED, HOST_STOPPED -> true;
            default -> false;
        };
    }

    public Round.Kind judged() {
        return judged;
    }
}
