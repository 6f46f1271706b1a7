package org.pombal.chaos.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.chaos.site.Machine;
import org.pombal.chaos.site.SiteShape;
import org.pombal.demo.server.Commands;

/** An operator who moves groups and users about, and empties backends. */
public final class Mover {

    private final ChaosSite site;
    private final Random random;
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();

    Mover(ChaosSite site, Random random) {
        this.site = requireNonNull(site, "site is null");
        this.random = requireNonNull(random, "random is null");
    }

    private Machine anyOf(List<Machine> machines) {
        return machines.get(random.nextInt(machines.size()));
    }

    private String group() {
        return "default-" + (1 + random.nextInt(site.shape().groups()));
    }

    /** Starts to move a group, or a user, that is drawn at random. It may be refused, as one that moves already. */
    void moveSome() {
        if (random.nextInt(3) > 0) {
            give(
                    "group move",
                    List.of(
                            "group",
                            "move",
                            ChaosSite.NAME,
                            group(),
                            ChaosSite.hostName(anyOf(site.backends()).host())));
        } else {
            give(
                    "user move",
                    List.of(
                            "user",
                            "move",
                            SiteShape.user(1 + random.nextInt(site.shape().users())),
                            group()));
        }
    }

    /** Empties a backend, and brings it back; says whether both went well. */
    public boolean evacuate(Machine backend) {
        String host = ChaosSite.hostName(backend.host());
        boolean empty = give("backend evacuate", List.of("backend", "evacuate", "--wait", host));
        return give("backend update", List.of("backend", "update", "--status", "online", "--load-factor", "100", host))
                && empty;
    }

    private boolean give(String name, List<String> words) {
        try {
            Commands.run(site.cluster(anyOf(site.proxies()).host(), words));
            note(name, null);
            return true;
        } catch (IllegalStateException e) {
            note(name, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private synchronized void note(String name, @Nullable String failure) {
        if (failure == null) {
            done.merge(name, 1, Integer::sum);
        } else {
            refused.add(failure);
        }
    }

    /** How many commands went well. */
    public synchronized Map<String, Integer> done() {
        return Map.copyOf(done);
    }

    /** What those that did not said. */
    public synchronized List<String> refused() {
        return List.copyOf(refused);
    }
}
