package org.pombal.model.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.BackendStatus;

/** What must hold before a backend is taken away. Each answer is empty, or says in words what is in the way. */
final class Removal {

    private Removal() {}

    /** Whether the others can do without it: a site keeps one backend that serves, and none is used above the limit. */
    static Optional<String> overload(ScaleFacts facts, ScaledBackend going, LoadRules rules) {
        int left = facts.serving() - (going.serves() ? 1 : 0);
        String host = going.backend().host().value();
        if (left < 1) {
            return Optional.of("no backend that serves would be left without " + host);
        }
        return Demand.of(facts, rules).stream()
                .filter(demand -> demand.use(left) > rules.limit())
                .findFirst()
                .map(demand -> "without " + host + ": " + demand.inWords(left) + ", more than "
                        + Demand.percent(rules.limit()) + " %");
    }

    private static Optional<String> ignorance(ScaleFacts facts, LoadRules rules) {
        List<Demand> demands = Demand.of(facts, rules);
        List<String> unknown = demands.stream()
                .flatMap(demand -> demand.unknown().stream())
                .distinct()
                .toList();
        if (demands.isEmpty()) {
            return Optional.of("nothing is known of the load of any backend");
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing is known of the load of " + Demand.listed(unknown));
    }

    /** Whether it may be begun to empty it. */
    static Optional<String> objection(ScaleFacts facts, ScaledBackend going, boolean starting, LoadRules rules) {
        String host = going.backend().host().value();
        if (going.sticky() > 0) {
            return Optional.of(going.sticky() + " groups are sticky to " + host + ", which is the next to go");
        }
        if (going.backend().status() == BackendStatus.STANDBY && !starting) {
            return Optional.of(host + ", which is the next to go, is on standby, as an operator put it");
        }
        return ignorance(facts, rules).or(() -> overload(facts, going, rules));
    }

    /** What is still on it: it may go when that is nothing. */
    static Optional<String> rest(ScaledBackend leaving, ScaleMemory.Leaving begun) {
        List<String> rest = new ArrayList<>();
        if (leaving.groups() > 0) {
            rest.add(leaving.groups() + (leaving.groups() == 1 ? " group" : " groups"));
        }
        if (leaving.arriving() > 0) {
            rest.add(leaving.arriving() + (leaving.arriving() == 1 ? " group" : " groups") + " on the way to it");
        }
        if (rest.isEmpty() && leaving.backend().status() != BackendStatus.STANDBY) {
            rest.add("its status is " + leaving.backend().status() + ", not standby yet");
        }
        if (!leaving.over()) {
            Optional<ScaledBackend.Measured> measured = leaving.measured()
                    .filter(one ->
                            one.at().isAfter(begun.since()) && one.sessions().isPresent());
            if (measured.isEmpty()) {
                rest.add("sessions, as far as is known: its node says nothing of them");
            } else if (measured.get().sessions().getAsDouble() > 0) {
                rest.add("sessions");
            }
        }
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(leaving.backend().host() + " is being emptied; it still has: " + String.join(", ", rest));
    }
}
