package org.pombal.node.sites;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.model.site.Site;
import org.pombal.node.address.HostAddresses;

/**
 * Connects to a site's load balancer as a proxy does that sends a user there, and waits for the greeting of IMAP: it comes from a proxy
 * behind the load balancer, so it proves both. Where IMAP begins with TLS, only the connection is looked at.
 *
 * @param port where load balancers take IMAP
 * @param greets whether a greeting comes before TLS
 * @param timeout for the name, the connection and each part of the greeting
 */
public record LoadBalancerCheck(HostAddresses addresses, int port, boolean greets, Duration timeout)
        implements SiteCheck {

    private static final String GREETING = "* OK";

    public LoadBalancerCheck {
        requireNonNull(addresses, "addresses is null");
        requireNonNull(timeout, "timeout is null");
    }

    @Override
    public Optional<String> failure(Site site) {
        if (site.loadBalancer().isEmpty()) {
            return Optional.of("it has no load balancer");
        }
        String host = site.loadBalancer().get();
        try {
            InetAddress address =
                    addresses.find(host).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return failure(new InetSocketAddress(address, port)).map(why -> host + ": " + why);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("'" + host + "' does not resolve");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the node is being stopped");
        }
    }

    private Optional<String> failure(InetSocketAddress loadBalancer) {
        int millis = (int) timeout.toMillis();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(loadBalancer, millis);
            if (!greets) {
                return Optional.empty();
            }
            String said = new String(socket.getInputStream().readNBytes(GREETING.length()), US_ASCII);
            if (said.isEmpty()) {
                return Optional.of("the connection was closed without a greeting");
            }
            return said.equals(GREETING) ? Optional.empty() : Optional.of("it greets with '" + said + "'");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
