package org.pombal.controller.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.pombal.settings.ValueType;

/** Addresses in the web. Only on this machine itself may they go without TLS. */
final class WebAddress {

    /** Of an issuer, which may have a path; not a letter of it is changed, because tokens are compared with it. */
    static final ValueType<URI> ISSUER = new ValueType<>(
            "an https address without a query, as https://login.example.org/realms/mail",
            WebAddress::parse,
            URI::toString);

    /** Of a server as a whole: scheme, host and port. */
    static final ValueType<URI> PUBLIC =
            new ValueType<>("an https address without a path", WebAddress::parseServer, URI::toString);

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private WebAddress() {}

    private static URI parse(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an address: " + e.getReason(), e);
        }
        if (address.getHost() == null || address.getUserInfo() != null) {
            throw new IllegalArgumentException("not an address with a host and no user");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("has a query or a fragment");
        }
        boolean plain = "http".equals(address.getScheme());
        if (!"https".equals(address.getScheme()) && !(plain && ControllerRules.isLoopback(address.getHost()))) {
            throw new IllegalArgumentException("does not begin with https://");
        }
        return address;
    }

    private static URI parseServer(String text) {
        URI address = parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (!address.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("has a path");
        }
        // As browsers write it in Origin: without the port that the scheme has anyhow.
        int usual = "https".equals(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        String port = address.getPort() < 0 || address.getPort() == usual ? "" : ":" + address.getPort();
        return URI.create(address.getScheme() + "://" + address.getHost().toLowerCase(Locale.ROOT) + port);
    }
}
