package org.pombal.controller.settings;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.settings.ValueType;

/**
 * Where Redis is, as Celery writes it: {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss://} for TLS, or
 * {@code sentinel://} with several such between semicolons, which are the sentinels that know the master.
 *
 * @param text as it was given; may have a password in it
 * @param hosts one; with sentinels one or more
 * @param database number of the database
 */
public record BrokerUrl(
        String text, Kind kind, List<Host> hosts, Optional<String> user, Optional<String> password, int database) {

    public static final ValueType<BrokerUrl> TYPE = new ValueType<>(
            "a URL that begins with redis://, rediss:// (TLS) or, with one host or several between semicolons, sentinel://",
            BrokerUrl::parse,
            BrokerUrl::text);

    /** What answers there. */
    public enum Kind {
        REDIS,
        REDIS_TLS,
        SENTINEL
    }

    /** A host with a port. */
    public record Host(String name, int port) {}

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final Set<String> SCHEMES = Set.of("redis", "rediss", "sentinel");

    public BrokerUrl {
        requireNonNull(text, "text is null");
        requireNonNull(kind, "kind is null");
        hosts = List.copyOf(hosts);
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    private static BrokerUrl parse(String text) {
        List<URI> parts = Arrays.stream(text.split(";", -1)).map(BrokerUrl::uri).toList();
        URI first = parts.get(0);
        Kind kind = kind(first.getScheme());
        if (parts.size() > 1 && kind != Kind.SENTINEL) {
            throw new IllegalArgumentException("has several hosts, which only sentinel:// can have");
        }
        if (parts.stream().anyMatch(part -> !part.getScheme().equals(first.getScheme()))) {
            throw new IllegalArgumentException("its hosts do not all begin with sentinel://");
        }
        int port = kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT;
        List<Host> hosts = parts.stream()
                .map(part -> new Host(part.getHost(), part.getPort() < 0 ? port : part.getPort()))
                .toList();
        Optional<String> credentials = common(parts, URI::getRawUserInfo, "user or password");
        Optional<String> user =
                credentials.map(info -> decoded(info.split(":", 2)[0])).filter(name -> !name.isEmpty());
        Optional<String> password = credentials
                .filter(info -> info.contains(":"))
                .map(info -> decoded(info.split(":", 2)[1]))
                .filter(secret -> !secret.isEmpty());
        if (credentials.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("has a '@', and before it no password");
        }
        return new BrokerUrl(
                text,
                kind,
                hosts,
                user,
                password,
                common(parts, BrokerUrl::database, "database")
                        .map(Integer::parseInt)
                        .orElse(0));
    }

    /** What all parts that say anything say alike: it is for the master behind all of them. */
    private static Optional<String> common(List<URI> parts, Function<URI, @Nullable String> part, String what) {
        List<String> different = parts.stream()
                .map(part)
                .filter(value -> value != null && !value.isEmpty())
                .distinct()
                .toList();
        if (different.size() > 1) {
            throw new IllegalArgumentException("its hosts do not all have the same " + what);
        }
        return different.stream().findFirst();
    }

    /** What is written with percent signs; a plus sign stands for itself. */
    private static String decoded(String part) {
        return part.isEmpty() ? "" : URI.create("x:" + part).getSchemeSpecificPart();
    }

    private static Kind kind(String scheme) {
        return switch (scheme) {
            case "redis" -> Kind.REDIS;
            case "rediss" -> Kind.REDIS_TLS;
            default -> Kind.SENTINEL;
        };
    }

    /** Nothing of the value is repeated in what is said: it may have a password in it. */
    private static URI uri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", withoutValue(e));
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "begins with none of redis://, rediss://, sentinel://: no other broker is supported");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a '?' or '#': options have settings of their own");
        }
        return uri;
    }

    private static Throwable withoutValue(URISyntaxException e) {
        return new IllegalArgumentException(e.getReason());
    }

    private static String database(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        if (!path.matches("[0-9]{0,4}")) {
            throw new IllegalArgumentException("its path is not the number of a database");
        }
        return path;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return kind + " " + hosts + " database " + database;
    }
}
