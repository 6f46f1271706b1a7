package org.pombal.node.testlogin;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.TestUser;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.testlogin.TestDestinations.Destination;
import org.pombal.node.topology.Topology;

/**
 * How the test user logs in.
 *
 * @param port of IMAP on backends, and on the load balancers of other sites
 * @param caFile what certificates must be signed by; empty for what the JVM knows
 * @param interval between two logins at a destination
 * @param limit for one of them
 */
public record TestLoginSetup(
        TestUser user,
        String password,
        BackendTls tls,
        int port,
        Optional<Path> caFile,
        Duration interval,
        Duration limit) {

    public TestLoginSetup {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(caFile, "caFile is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(limit, "limit is null");
    }

    /**
     * The logins, not started.
     *
     * @param window how far back what is published reaches
     */
    public TestLogins of(
            HostName proxy, Topology topology, HostAddresses addresses, Duration window, PrometheusRegistry registry) {
        TestLogin login = new TestLogin(tls, TestTls.checked(caFile), TestTls.unchecked(), limit);
        return new TestLogins(
                new TestDestinations(topology),
                destination -> tried(login, destination, addresses),
                interval,
                proxy,
                window,
                System::nanoTime,
                registry);
    }

    private TestOutcome tried(TestLogin login, Destination destination, HostAddresses addresses) {
        InetAddress address;
        try {
            address =
                    addresses.find(destination.host()).toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // That is this machine's fault, or DNS'.
            return new TestOutcome.Inconclusive("no address of " + destination.host() + " is known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TestOutcome.Inconclusive("the node stops");
        }
        String name = user.pattern().replace(TestUser.BACKEND_HOST, destination.host());
        return login.at(new InetSocketAddress(address, port), destination.host(), name, password);
    }

    @Override
    public String toString() {
        return "test logins of " + user;
    }
}
