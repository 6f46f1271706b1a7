package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import org.pombal.geodb.Leases;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.Proofs;

/**
 * Watches leases of single backends until incarnations of theirs are over. Who sees to the failovers runs the fence command; here its
 * success is waited for. Confined to the loop.
 */
public final class LeaseProofs implements Proofs {

    private final LeaseWatch.Means means;
    private final ObjLongConsumer<BackendId> over;
    private final Map<BackendId, Proof> proofs = new HashMap<>();

    private record Proof(LeaseWatch watch, Set<Long> incarnations) {}

    /** @param over is told of each incarnation that was asked about when it is over */
    public LeaseProofs(
            OwnershipLoop loop,
            Leases leases,
            BreakPolicy policy,
            OwnershipTimings timings,
            Electors electors,
            ObjLongConsumer<BackendId> over) {
        this.means = new LeaseWatch.Means(
                loop,
                leases,
                new BreakPolicy(policy.outage(), policy.takeover(), false),
                timings,
                electors,
                Fencing.NOBODY);
        this.over = requireNonNull(over, "over is null");
    }

    @Override
    public void whenOver(BackendId backend, long incarnation) {
        Proof known = proofs.get(backend);
        if (known != null) {
            known.incarnations().add(incarnation);
            return;
        }
        Set<Long> incarnations = new TreeSet<>(Set.of(incarnation));
        LeaseWatch watch = new LeaseWatch(new LeaseId.OfBackend(backend), means, () -> look(backend));
        proofs.put(backend, new Proof(watch, incarnations));
        watch.start();
    }

    /** How many backends are being watched. */
    int watched() {
        return proofs.size();
    }

    private void look(BackendId backend) {
        Proof proof = requireNonNull(proofs.get(backend));
        List<Long> proven = new ArrayList<>(proof.incarnations());
        proven.removeIf(incarnation -> incarnation > proof.watch().overUpTo());
        proof.incarnations().removeAll(proven);
        if (proof.incarnations().isEmpty()) {
            proof.watch().stop();
            proofs.remove(backend);
        }
        proven.forEach(incarnation -> over.accept(backend, incarnation));
    }
}
