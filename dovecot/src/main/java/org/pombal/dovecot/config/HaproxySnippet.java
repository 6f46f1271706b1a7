package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What makes an HAProxy balance mail connections over the Dovecot proxies of a site.
 *
 * @param address to listen on; {@code *} for all
 * @param ports to listen on; a service whose port is 0 is left out
 * @param proxies host names or addresses of the Dovecot proxies
 * @param proxyPorts ports on the Dovecot proxies
 * @param proxyProtocol whether connections to the proxies begin with a PROXY protocol header, so that they learn the
 *     client's address; {@code proxyPorts} must expect it then
 */
public record HaproxySnippet(String address, Ports ports, List<String> proxies, Ports proxyPorts, boolean proxyProtocol)
        implements Snippet {

    /** How far above the customary port a Dovecot proxy customarily takes connections with a PROXY header. */
    public static final int PROXY_PROTOCOL_DISTANCE = 10_000;

    /** How each service greets, as a regular expression. */
    private static final Map<Listener, String> GREETINGS = new EnumMap<>(Map.of(
            Listener.IMAP, "^\\* OK",
            Listener.IMAPS, "^\\* OK",
            Listener.POP3, "^\\+OK",
            Listener.POP3S, "^\\+OK",
            Listener.SUBMISSION, "^220 ",
            Listener.SUBMISSIONS, "^220 ",
            Listener.SIEVE, "^\"IMPLEMENTATION\"",
            Listener.LMTP, "^220 "));

    /** @throws IllegalArgumentException if there is no proxy, or a proxy's port is 0 while ours is not */
    public HaproxySnippet {
        requireNonNull(address, "address is null");
        if (!address.equals("*")) {
            address = new Network(address).text();
        }
        requireNonNull(ports, "ports is null");
        proxies = List.copyOf(requireNonNull(proxies, "proxies is null"));
        if (proxies.isEmpty()) {
            throw new IllegalArgumentException("a load balancer needs at least one proxy");
        }
        requireNonNull(proxyPorts, "proxyPorts is null");
    }

    /** With customary ports and two proxies with example names. */
    public static HaproxySnippet customary() {
        return new HaproxySnippet(
                "*",
                Ports.customary(),
                List.of("proxy1.example.org", "proxy2.example.org"),
                Ports.customary().shiftedBy(PROXY_PROTOCOL_DISTANCE),
                true);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(Template.load("haproxy/head.cfg")
                .fill(Map.of(
                        "PROXY_PROTOCOL",
                        proxyProtocol
                                ? "  # The proxies learn the client's address from the header; their ports must expect it."
                                : "  # The proxies see this machine's address as that of the client.",
                        "SEND_PROXY",
                        proxyProtocol ? " send-proxy-v2 check-send-proxy" : "")));
        GREETINGS.forEach((service, greeting) -> {
            if (ports.of(service) != 0) {
                text.append(text(service, greeting));
            }
        });
        return text.toString();
    }

    private String text(Listener service, String greeting) {
        return Template.load("haproxy/service.cfg")
                .fill(Map.of(
                        "NAME", service.name().toLowerCase(Locale.ROOT),
                        "ADDRESS", address,
                        "PORT", String.valueOf(ports.of(service)),
                        "GREETING", greeting,
                        "SERVERS", servers(service)));
    }

    private String servers(Listener service) {
        String check = service.implicitTls() ? " check check-ssl verify none" : " check";
        return proxies.stream()
                .map(proxy -> "  server " + proxy.replace(':', '_') + " "
                        + new ServerAddress(proxy, proxyPorts.of(service)) + check)
                .collect(joining("\n"));
    }
}
