package org.pombal.node.check;

import static java.util.Objects.requireNonNull;
import static org.pombal.node.check.Finding.Subject.GEODB;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.geodb.GeoDb;

/** Looks at everything that the node needs on its machine, and judges it. Changes nothing. */
public final class SetupCheck {

    private final Machine machine;

    public SetupCheck(Machine machine) {
        this.machine = requireNonNull(machine, "machine is null");
    }

    /** What was found, the worst first. Takes up to a minute when much is away. */
    public List<Finding> findings(GeoDb geoDb) throws InterruptedException {
        return sorted(Stream.concat(cluster(geoDb), surroundings()));
    }

    /**
     * What was found where there is no GeoDB to ask.
     *
     * @param reason why there is none, and what to do
     */
    public List<Finding> findingsWithoutGeoDb(String reason) throws InterruptedException {
        return sorted(Stream.concat(noGeoDb(reason), surroundings()));
    }

    private static List<Finding> sorted(Stream<Finding> found) {
        return found.sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::subject))
                .toList();
    }

    private Stream<Finding> cluster(GeoDb geoDb) throws InterruptedException {
        GeoDbFacts facts;
        try {
            facts = new GeoDbLook(geoDb).look(machine.site(), machine.backend());
        } catch (GeoDbLook.NoAnswerException e) {
            return noGeoDb(String.valueOf(e.getMessage()));
        }
        List<NameFacts> names = NameLook.look(facts.hosts(machine.site()), machine.names());
        return Stream.concat(
                GeoDbCheck.look(facts, machine.site(), machine.backend()),
                NameCheck.look(names, machine.backend(), NameLook::isHere));
    }

    private static Stream<Finding> noGeoDb(String reason) {
        return Stream.of(Finding.error(GEODB, "GeoDB cannot be used: " + reason + "; see 'pombal geodb status'"));
    }

    private Stream<Finding> surroundings() throws InterruptedException {
        return Stream.of(
                        dovecot(),
                        SocketCheck.look(SocketLook.look(
                                machine.baseDir(), machine.backend().isPresent())),
                        ClockCheck.look(ClockLook.look()))
                .flatMap(found -> found);
    }

    private Stream<Finding> dovecot() throws InterruptedException {
        return new DoveconfLook(machine).look();
    }
}
