package org.pombal.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/** What the checks make of GeoDB's answers, names, sockets and the clock. */
class ClusterCheckTest {

    private static final Site HERE = Site.added(SiteId.random(), "here");
    private static final Site THERE = Site.added(SiteId.random(), "there").withLoadBalancer("lb.example.org");
    private static final HostName NAME = new HostName("backend1.example.org");
    private static final Backend BACKEND = Backend.added(BackendId.random(), HERE.id(), NAME);
    private static final GeoDbFacts RIGHT =
            new GeoDbFacts(List.of(HERE, THERE), List.of(BACKEND), Optional.of(BACKEND), Duration.ofSeconds(-4));

    @Test
    void a_machine_that_geodb_knows_is_found_right() {
        assertThat(GeoDbCheck.look(RIGHT, "here", Optional.of(NAME))).isEmpty();
        assertThat(GeoDbCheck.look(RIGHT, "here", Optional.empty())).isEmpty();
    }

    @Test
    void an_unknown_site_is_named_with_those_there_are() {
        assertThat(lines(GeoDbCheck.look(RIGHT, "hear", Optional.of(NAME))))
                .containsExactly("error geodb: site hear (cluster_local_site) is not in GeoDB, which has [here, there];"
                        + " correct cluster_local_site, or add the site");
    }

    @Test
    void a_backend_that_geodb_does_not_know_or_that_belongs_to_another_site_is_an_error() {
        GeoDbFacts without = new GeoDbFacts(List.of(HERE), List.of(), Optional.empty(), Duration.ZERO);
        assertThat(lines(GeoDbCheck.look(without, "here", Optional.of(NAME))))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("error geodb: backend backend1.example.org"));
        assertThat(lines(GeoDbCheck.look(RIGHT, "there", Optional.of(NAME))))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("belongs to site here, not to there"));
    }

    @Test
    void a_clock_six_seconds_off_is_a_warning_in_either_direction() {
        assertThat(lines(clock(Duration.ofSeconds(6))))
                .containsExactly("warning clock: GeoDB's clock is 6 s ahead of this machine's; let NTP set both");
        assertThat(lines(clock(Duration.ofSeconds(-6))))
                .containsExactly("warning clock: GeoDB's clock is 6 s behind this machine's; let NTP set both");
    }

    private static Stream<Finding> clock(Duration ahead) {
        return GeoDbCheck.look(
                new GeoDbFacts(List.of(HERE), List.of(), Optional.empty(), ahead), "here", Optional.empty());
    }

    @Test
    void a_clock_that_nobody_knows_about_is_no_error() {
        assertThat(ClockCheck.look(ClockCheck.State.SYNCHRONISED)).isEmpty();
        assertThat(lines(ClockCheck.look(ClockCheck.State.NOT_SYNCHRONISED)).get(0))
                .startsWith("warning clock:");
        assertThat(lines(ClockCheck.look(ClockCheck.State.UNKNOWN)).get(0)).startsWith("note clock:");
    }

    @Test
    void hosts_are_the_backends_of_this_site_and_the_load_balancers_of_others() {
        assertThat(RIGHT.hosts("here"))
                .extracting(GeoDbFacts.NamedHost::host)
                .containsExactly("backend1.example.org", "lb.example.org");
    }

    @Test
    void a_name_that_does_not_resolve_is_an_error_for_this_host_and_no_other() throws Exception {
        List<NameFacts> names = NameLook.look(RIGHT.hosts("here"), host -> {
            if (host.startsWith("lb")) {
                throw new UnknownHostException("no such name");
            }
            return new InetAddress[] {InetAddress.getByName("192.0.2.1")};
        });

        assertThat(lines(NameCheck.look(names, Optional.empty(), address -> false)))
                .containsExactly(
                        "error names: load balancer lb.example.org does not resolve (no such name); enter it into"
                                + " DNS, /etc/hosts or cluster_hosts_file");
    }

    @Test
    void the_backends_own_name_must_lead_to_this_machine() throws Exception {
        GeoDbFacts.NamedHost own = new GeoDbFacts.NamedHost(NAME.value(), "backend");
        List<NameFacts> elsewhere = List.of(new NameFacts(own, List.of(InetAddress.getByName("192.0.2.1")), ""));
        List<NameFacts> here = List.of(new NameFacts(own, List.of(InetAddress.getByName("127.0.0.9")), ""));

        assertThat(lines(NameCheck.look(elsewhere, Optional.of(NAME), NameLook::isHere))
                        .get(0))
                .contains("resolves to 192.0.2.1, which is not this machine");
        assertThat(NameCheck.look(here, Optional.of(NAME), NameLook::isHere)).isEmpty();
    }

    @Test
    void each_state_of_a_socket_has_its_line() {
        SocketFacts facts = new SocketFacts(
                List.of(
                        ours("/a", SocketFacts.State.LISTENING),
                        ours("/b", SocketFacts.State.MISSING),
                        ours("/c", SocketFacts.State.NOBODY_LISTENS),
                        ours("/d", SocketFacts.State.NOT_ALLOWED),
                        ours("/g", SocketFacts.State.TOO_LONG)),
                List.of(Path.of("/e")),
                List.of(Path.of("/f")));

        assertThat(lines(SocketCheck.look(facts)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error sockets: there is no /b"),
                        line -> assertThat(line).startsWith("error sockets: nobody listens on /c"),
                        line -> assertThat(line).startsWith("note sockets: cannot tell who listens on /d"),
                        line -> assertThat(line).startsWith("error sockets: the path /g is too long for a socket"),
                        line -> assertThat(line).startsWith("error sockets: there is no /e, the node asks there"),
                        line -> assertThat(line)
                                .startsWith("error sockets: there is a socket /f, which keeps Dovecot"));
    }

    private static SocketFacts.Ours ours(String path, SocketFacts.State state) {
        return new SocketFacts.Ours(Path.of(path), state);
    }

    private static List<String> lines(Stream<Finding> findings) {
        return findings.map(Finding::toString).toList();
    }
}
