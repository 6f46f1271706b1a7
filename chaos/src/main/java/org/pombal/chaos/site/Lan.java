package org.pombal.chaos.site;

import java.util.List;
import org.pombal.demo.server.Commands;
import org.pombal.dovecot.config.Network;

/**
 * Hosts on one network, to which this program belongs, too. Made in the network namespace in which this program runs, which
 * must be its own.
 */
public final class Lan {

    private static final String PREFIX = "10.77.0.";
    private static final int OWN = 254;
    /** Of nobody here: what is sent there is lost, as on a cable that is cut. */
    private static final String NOBODY = "02:00:00:00:00:ff";

    /** Makes one without hosts. */
    public static Lan make() {
        run("ip link set lo up");
        run("ip link add hub type bridge");
        run("ip addr add " + PREFIX + OWN + "/24 dev hub");
        run("ip link set hub up");
        return new Lan();
    }

    private Lan() {}

    public Network network() {
        return new Network(PREFIX + "0/24");
    }

    /**
     * Adds a host.
     *
     * @param number the last of its address, 1 to 253
     */
    public Host add(String name, int number) {
        Host host = new Host(name, PREFIX + number);
        run("ip netns add " + name);
        run("ip link add port" + number + " type veth peer name eth0 netns " + name);
        run("ip link set port" + number + " master hub up");
        run("ip -n " + name + " addr add " + host.address() + "/24 dev eth0");
        run("ip -n " + name + " link set lo up");
        run("ip -n " + name + " link set eth0 up");
        return host;
    }

    /** From now on what these send to each other is lost. This program reaches both. */
    public static void cut(Host one, Host other) {
        lose(one, other);
        lose(other, one);
    }

    private static void lose(Host from, Host to) {
        run("ip -n " + from.name() + " neigh replace " + to.address() + " lladdr " + NOBODY
                + " nud permanent dev eth0");
    }

    /** Undoes {@link #cut}. */
    public static void join(Host one, Host other) {
        find(one, other);
        find(other, one);
    }

    private static void find(Host from, Host to) {
        run("ip -n " + from.name() + " neigh del " + to.address() + " dev eth0");
    }

    private static void run(String command) {
        Commands.run(List.of(command.split(" ", -1)));
    }
}
