package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pombal.dovecot.doveadm.DoveadmAccess;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.doveadm.DoveadmException;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.doveadm.commands.BackendDoveadms;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.settings.Settings;

/** Dovecots' doveadm APIs as the settings say. */
final class DovecotDoveadms implements BackendDoveadms {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Settings settings;
    private final HostAddresses addresses;
    private final HttpClient http;

    /** @param executor runs what is to be done with answers */
    DovecotDoveadms(Settings settings, HostAddresses addresses, Executor executor) {
        this.settings = requireNonNull(settings, "settings is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    @Override
    public Optional<DoveadmClient> local() {
        return settings.get(DoveadmSettings.DOVECOT_KEY)
                .map(key -> client(settings.get(DoveadmSettings.DOVECOT_URL), key));
    }

    /** By the address the node knows, which cluster_hosts_file may have given. */
    @Override
    public CompletionStage<Optional<DoveadmClient>> of(String host) {
        Optional<String> key = settings.get(BackendDoveadmSettings.KEY);
        if (key.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return addresses.find(host).handle((address, failure) -> {
            if (failure != null) {
                throw new DoveadmException("host name '" + host + "' does not resolve");
            }
            String literal = address.getHostAddress();
            String authority = literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal;
            int port = settings.get(BackendDoveadmSettings.PORT);
            return Optional.of(client(URI.create("http://" + authority + ":" + port + "/doveadm/v1"), key.get()));
        });
    }

    private DoveadmClient client(URI uri, String key) {
        return new DoveadmClient(http, new DoveadmAccess(uri, key), TIMEOUT);
    }
}
