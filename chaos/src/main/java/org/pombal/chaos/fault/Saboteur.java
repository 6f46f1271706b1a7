package org.pombal.chaos.fault;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.chaos.site.Host;
import org.pombal.chaos.site.Lan;
import org.pombal.chaos.site.Machine;

/** Does faults to a site, and undoes them. */
public final class Saboteur {

    private static final String GUARDIAN = "pombal-guardian";
    private static final String DOVECOT_MASTER = "dovecot";

    private final ChaosSite site;

    public Saboteur(ChaosSite site) {
        this.site = requireNonNull(site, "site is null");
    }

    /** Does one; returns what undoes it. */
    public Runnable commit(Fault fault) {
        return switch (fault.kind()) {
            case MOVES, EVACUATION -> () -> {};
            case NODE_KILLED, PROXY_NODE_KILLED -> {
                Host.signal("KILL", machine(fault).server(ChaosSite.NODE).processes());
                yield () -> {};
            }
            case GUARDIAN_KILLED -> {
                Host.signal("KILL", host(fault).processes(GUARDIAN));
                yield () -> {};
            }
            case DOVECOT_KILLED -> {
                Host.signal("KILL", host(fault).processes(DOVECOT_MASTER));
                yield () -> {};
            }
            case NODE_STOPPED -> stop(machine(fault).server(ChaosSite.NODE).processes());
            case GUARDIAN_STOPPED -> stop(host(fault).processes(GUARDIAN));
            case DOVECOT_STOPPED -> stop(host(fault).processes(DOVECOT_MASTER));
            case HOST_KILLED, GEODB_KILLED -> {
                machine(fault).powerOff();
                yield machine(fault)::up;
            }
            case HOST_STOPPED, GEODB_STOPPED -> {
                host(fault).stopAll();
                yield host(fault)::resumeAll;
            }
            case GEODB_ALL_STOPPED -> {
                List<Host> hosts = hosts(site.geoDbs());
                hosts.forEach(Host::stopAll);
                yield () -> hosts.forEach(Host::resumeAll);
            }
            case CUT_FROM_GEODB, PROXY_CUT_FROM_GEODB -> cut(host(fault), hosts(site.geoDbs()));
            case CUT_FROM_ALL -> cut(host(fault), site.others(host(fault)));
            case CUT_FROM_PEERS, GEODB_CUT -> cut(host(fault), hosts(likes(fault)));
        };
    }

    private List<Machine> likes(Fault fault) {
        return switch (fault.kind().on()) {
            case BACKEND -> site.backends();
            case PROXY -> site.proxies();
            case GEODB -> site.geoDbs();
            case NOBODY -> List.of();
        };
    }

    private Machine machine(Fault fault) {
        return likes(fault).get(fault.number() - 1);
    }

    private Host host(Fault fault) {
        return machine(fault).host();
    }

    private static List<Host> hosts(List<Machine> machines) {
        return machines.stream().map(Machine::host).toList();
    }

    private static Runnable stop(List<Long> processes) {
        Host.signal("STOP", processes);
        return () -> Host.signal("CONT", processes);
    }

    private static Runnable cut(Host host, List<Host> from) {
        List<Host> others = from.stream().filter(other -> !other.equals(host)).toList();
        others.forEach(other -> Lan.cut(host, other));
        return () -> others.forEach(other -> Lan.join(host, other));
    }

    /** The backend that a fault befalls. */
    public Machine backend(Fault fault) {
        return site.backends().get(fault.number() - 1);
    }

    /** Whether everything that the site is made of runs. */
    public boolean isWhole() {
        return site.geoDbs().stream().allMatch(machine -> site.accepts(machine.host()))
                && Stream.concat(site.proxies().stream(), site.backends().stream())
                        .allMatch(machine -> site.isReady(machine.host()));
    }
}
