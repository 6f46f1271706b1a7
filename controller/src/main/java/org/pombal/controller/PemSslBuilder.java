package org.pombal.controller;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.netty.ssl.CertificateProvidedSslBuilder;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** TLS from the two files in PEM of our settings; the framework would want a key store. */
@Singleton
@Replaces(CertificateProvidedSslBuilder.class)
@Requires(beans = SslContext.class)
final class PemSslBuilder implements ServerSslBuilder {

    private final ServerSslConfiguration configuration;
    private final SslContext context;

    PemSslBuilder(ServerSslConfiguration configuration, SslContext context) {
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.context = requireNonNull(context, "context is null");
    }

    @Override
    public ServerSslConfiguration getSslConfiguration() {
        return configuration;
    }

    @Override
    public Optional<SslContext> build() {
        return Optional.of(context);
    }
}
