package org.pombal.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.FaultPlan;

/** What goes wrong with requests to GeoDB: by chance, for those who are cut off from it, and for all while it is away. */
final class StoreFaults implements FaultPlan {

    /** Who makes the site before anything goes wrong. */
    static final String SETUP = "setup";

    private static final Fault LOST = new Fault.RequestLost();
    private static final Fault UNANSWERED = new Fault.AnswerLost();
    private static final Fault REFUSED = new Fault.Unavailable();
    private static final int LATEST_MILLISECONDS = 15_000;
    private static final Fault[] QUICK = quick();

    private final Chance chance;
    private final Profile profile;
    private final Network network;
    private final EventQueue events;
    private long awayUntil;
    private final Set<String> dead = new HashSet<>();
    private final Map<String, String> hosts = new HashMap<>();
    private String delayed = "";
    private String slowed = "";
    private int slow;
    private String unheard = "";
    private boolean healed;

    StoreFaults(Chance chance, Profile profile, Network network, EventQueue events) {
        this.chance = chance;
        this.profile = profile;
        this.network = network;
        this.events = events;
    }

    private static Fault[] quick() {
        Fault[] quick = new Fault[64];
        for (int i = 0; i < quick.length; i++) {
            quick[i] = new Fault.Slow(Duration.ofNanos((i + 1) * 100_000L));
        }
        return quick;
    }

    /** GeoDB has no quorum for a while. */
    void away(long duration) {
        if (!healed) {
            awayUntil = Math.max(awayUntil, events.now() + duration);
        }
    }

    /** That process asks nothing again. */
    void died(String writer) {
        dead.add(writer);
    }

    /** The writer's next change comes late. */
    void delayNext(String writer) {
        delayed = writer;
    }

    /** The writer's next compare-and-set comes late, and so does the one by which the writer asks again. */
    void delayNextCompareAndSet(String writer) {
        slowed = writer;
        slow = 2;
    }

    /** The writer's next request is lost. */
    void loseNext(String writer) {
        unheard = writer;
    }

    void heal() {
        healed = true;
        awayUntil = 0;
    }

    @Override
    public Fault next(Request request) {
        if (dead.contains(request.writer())) {
            return LOST;
        }
        if (healed || request.writer().equals(SETUP)) {
            return QUICK[chance.below(QUICK.length)];
        }
        if (request.writer().equals(unheard)) {
            unheard = "";
            return LOST;
        }
        if (request.writer().equals(delayed) && request.kind() != Kind.READ) {
            delayed = "";
            return new Fault.Late(Duration.ofNanos(chance.milliseconds(10, 6_000)));
        }
        if (slow > 0 && request.writer().equals(slowed) && request.kind() == Kind.COMPARE_AND_SET) {
            slow--;
            return new Fault.Late(Duration.ofNanos(chance.milliseconds(1_500, 6_000)));
        }
        if (events.now() < awayUntil) {
            return chance.in(70) ? REFUSED : any();
        }
        if (!network.reachesGeoDb(host(request.writer()))) {
            return chance.in(30) ? REFUSED : LOST;
        }
        return chance.in(profile.storePercent()) ? any() : QUICK[chance.below(QUICK.length)];
    }

    private String host(String writer) {
        return hosts.computeIfAbsent(writer, name -> name.substring(0, name.indexOf('/')));
    }

    private Fault any() {
        return switch (chance.below(5)) {
            case 0 -> REFUSED;
            case 1 -> LOST;
            case 2 -> UNANSWERED;
            case 3 ->
                new Fault.Late(Duration.ofNanos(chance.milliseconds(10, chance.in(60) ? 1_500 : LATEST_MILLISECONDS)));
            default -> new Fault.Slow(Duration.ofNanos(chance.milliseconds(10, 2_000)));
        };
    }
}
