package org.pombal.node.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostAddressesTest {

    private final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    private final HostAddresses addresses = new HostAddresses(this::lookUp, Duration.ofMillis(20));

    @AfterEach
    void close() {
        addresses.close();
    }

    @Test
    void aNameIsKnownFromItsFirstLookupOn() throws Exception {
        dns.put("b1.test", List.of("127.0.0.11"));

        assertThat(addresses.known("b1.test")).isNull();
        assertThat(find("b1.test")).isEqualTo("127.0.0.11");
        assertThat(addresses.known("b1.test")).isEqualTo(InetAddress.getByName("127.0.0.11"));
    }

    @Test
    void ofSeveralAddressesEveryNodeChoosesTheSame() throws Exception {
        dns.put("b1.test", List.of("2001:db8::1", "200.0.0.9", "127.0.0.12", "127.0.0.11"));

        assertThat(find("b1.test")).isEqualTo("127.0.0.11");
    }

    @Test
    void theAddressInUseIsKeptAsLongAsTheNameHasIt() throws Exception {
        dns.put("b1.test", List.of("127.0.0.12"));
        find("b1.test");
        dns.put("b1.test", List.of("127.0.0.11", "127.0.0.12"));
        dns.put("other.test", List.of("127.0.0.1"));
        find("other.test");
        dns.put("other.test", List.of("127.0.0.2"));
        await().until(() -> InetAddress.getByName("127.0.0.2").equals(addresses.known("other.test")));
        assertThat(addresses.known("b1.test")).isEqualTo(InetAddress.getByName("127.0.0.12"));

        dns.put("b1.test", List.of("127.0.0.11"));
        await().until(() -> InetAddress.getByName("127.0.0.11").equals(addresses.known("b1.test")));
    }

    @Test
    void aNameThatStopsResolvingKeepsItsLastAddress() throws Exception {
        dns.put("b1.test", List.of("127.0.0.11"));
        find("b1.test");
        dns.remove("b1.test");
        dns.put("other.test", List.of("127.0.0.1"));
        find("other.test");
        dns.put("other.test", List.of("127.0.0.2"));
        await().until(() -> InetAddress.getByName("127.0.0.2").equals(addresses.known("other.test")));

        assertThat(addresses.known("b1.test")).isEqualTo(InetAddress.getByName("127.0.0.11"));
    }

    @Test
    void aNameThatNeverResolvedFailsAndIsTriedAgain() throws Exception {
        assertThat(addresses.find("b1.test").toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UnknownHostException.class);

        dns.put("b1.test", List.of("127.0.0.11"));
        await().until(() -> find("b1.test").equals("127.0.0.11"));
    }

    @Test
    void aHostsFileGoesBeforeTheSystem(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("hosts");
        Files.writeString(file, "127.0.0.11 b1.test B1\n::1 b1.test\n# 127.0.0.99 b2.test\n");
        dns.put("b2.test", List.of("127.0.0.22"));
        HostsFile names = new HostsFile(file, this::lookUp);

        assertThat(names.addressesOf("B1.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.11", "0:0:0:0:0:0:0:1");
        assertThat(names.addressesOf("b2.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.22");
        Files.writeString(file, "127.0.0.12 b1.test\n");
        assertThat(names.addressesOf("b1.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.12");
    }

    private String find(String host) throws Exception {
        return addresses
                .find(host)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .getHostAddress();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        List<String> found = dns.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return Stream.of(found.toArray(new String[0]))
                .map(HostAddressesTest::address)
                .toArray(InetAddress[]::new);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
