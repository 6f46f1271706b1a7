package org.pombal.controller;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.oidc.OpenIdConnect;
import org.pombal.controller.settings.ControllerRole;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.controller.site.HostNames;
import org.pombal.controller.site.Leadership;
import org.pombal.controller.site.Preparation;
import org.pombal.controller.site.UserSessions;
import org.pombal.controller.task.work.Background;
import org.pombal.geodb.GeoDb;
import org.pombal.operations.Cluster;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller of a site, put together. */
public final class Controller {

    private static final Logger log = LoggerFactory.getLogger(Controller.class);

    /** No request that the API knows is anywhere near. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    /** For requests that have to wait. */
    private static final int BLOCKING_THREADS = 16;

    private static final int MAX_CONNECTIONS_IDLE_SECONDS = 60;

    private final Settings settings;
    private final HostNames hostNames;
    private final Optional<ApplicationContext> api;
    private final Preparation preparation;
    private final Leadership leadership;
    private final OpenIdConnect openIdConnect;
    private final Background background;

    /**
     * @param geoDb may still be away; closed by who made it
     * @param console what has to reach whoever starts the controller, and no log: the one-time token
     * @throws IOException if a certificate or a key cannot be used
     */
    public Controller(Settings settings, GeoDb geoDb, Consumer<String> console) throws IOException {
        this.settings = requireNonNull(settings, "settings is null");
        this.hostNames = new HostNames(settings.get(SiteSettings.HOSTS_FILE));
        InstantSource clock = InstantSource.system();
        Cluster cluster = new Cluster(
                geoDb,
                settings.get(SiteSettings.LOCAL_SITE),
                hostNames,
                clock,
                settings.get(TakeoverSettings.TAKEOVER));
        this.preparation = new Preparation(settings, cluster, console);
        String process = hostName() + " (process " + ProcessHandle.current().pid() + ")";
        this.leadership = new Leadership(cluster, process);
        Automation automation = new Automation(cluster, settings);
        this.background = new Background(
                settings, process, automation.tasks(), automation.onRequest(), leadership::isHeld, clock);
        this.openIdConnect = new OpenIdConnect(settings, clock);
        this.api = has(ControllerRole.API)
                ? Optional.of(api(
                        settings,
                        geoDb,
                        clock,
                        cluster,
                        leadership,
                        openIdConnect,
                        automation,
                        new UserSessions(settings, hostNames),
                        background.store(),
                        background.tasks(),
                        background.watch()))
                : Optional.empty();
    }

    private boolean has(ControllerRole role) {
        return settings.get(TaskSettings.ROLES).contains(role);
    }

    private ApplicationContext api(Object... parts) throws IOException {
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                // Settings come from ours, not from files and variables that only the framework knows.
                .enableDefaultPropertySources(false)
                .environmentPropertySource(false)
                .singletons(parts);
        tls().ifPresent(builder::singletons);
        return builder.properties(properties()).build();
    }

    private Optional<SslContext> tls() throws IOException {
        Optional<Path> certificate = settings.get(ControllerSettings.TLS_CERTIFICATE);
        Optional<Path> key = settings.get(ControllerSettings.TLS_KEY);
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SslContextBuilder.forServer(
                            certificate.get().toFile(), key.get().toFile())
                    .build());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "CONTROLLER_TLS_CERT_FILE and CONTROLLER_TLS_KEY_FILE cannot be used: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> properties() {
        ListenAddress listen = settings.get(ControllerSettings.LISTEN);
        boolean tls = settings.get(ControllerSettings.TLS_CERTIFICATE).isPresent();
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.application.name", "controller");
        properties.put("micronaut.server.host", listen.host().equals("*") ? "0.0.0.0" : listen.host());
        properties.put("micronaut.server.port", listen.port() == 0 ? -1 : listen.port());
        properties.put("micronaut.server.ssl.enabled", tls);
        properties.put("micronaut.server.ssl.port", listen.port() == 0 ? -1 : listen.port());
        properties.put("micronaut.server.max-request-size", MAX_BODY_BYTES);
        properties.put("micronaut.server.idle-timeout", MAX_CONNECTIONS_IDLE_SECONDS + "s");
        properties.put("micronaut.server.date-header", true);
        // Each may wait for Redis or GeoDB for seconds; the framework would make as many as there are requests.
        properties.put("micronaut.executors.blocking.type", "fixed");
        properties.put("micronaut.executors.blocking.number-of-threads", BLOCKING_THREADS);
        properties.put("micronaut.server.log-handled-exceptions", false);
        properties.put("jackson.serialization-inclusion", "NON_ABSENT");
        properties.put("jackson.serialization.WRITE_DATES_AS_TIMESTAMPS", false);
        properties.put("jackson.deserialization.FAIL_ON_UNKNOWN_PROPERTIES", true);
        properties.put("jackson.deserialization.FAIL_ON_NULL_CREATOR_PROPERTIES", true);
        properties.put("jackson.deserialization.FAIL_ON_TRAILING_TOKENS", true);
        properties.put("jackson.deserialization.ACCEPT_FLOAT_AS_INT", false);
        properties.put("jackson.deserialization.UNWRAP_SINGLE_VALUE_ARRAYS", false);
        properties.put("jackson.deserialization.ACCEPT_SINGLE_VALUE_AS_ARRAY", false);
        properties.put("jackson.mapper.ALLOW_COERCION_OF_SCALARS", false);
        properties.put("jackson.parser.STRICT_DUPLICATE_DETECTION", true);
        // It would refuse what comes through a proxy on this machine. Other sites' pages have no token, and a browser's
        // session is
        // good for changes from pages of ours only.
        properties.put("micronaut.server.cors.localhost-pass-through", true);
        // Who asks for a path that does not exist learns so, with or without a token.
        properties.put("micronaut.security.reject-not-found", false);
        return properties;
    }

    /**
     * Starts to answer, and to prepare GeoDB as far as the settings ask for it.
     *
     * @throws IOException if the address cannot be had
     */
    public void start() throws IOException {
        if (api.isPresent()) {
            start(api.get());
            openIdConnect.start();
            preparation.start();
            log.info("the API answers on port {}", port());
        }
        if (has(ControllerRole.SCHEDULER)) {
            leadership.start();
        } else {
            leadership.watch();
        }
        background.start();
        log.info("this process has the roles {}", settings.get(TaskSettings.ROLES));
    }

    private void start(ApplicationContext context) throws IOException {
        try {
            context.start();
            context.getBean(EmbeddedServer.class).start();
        } catch (ServerStartupException e) {
            throw new IOException(
                    "cannot listen on " + settings.get(ControllerSettings.LISTEN) + " (CONTROLLER_LISTEN): "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }

    /** The port on which the API answers; only to be asked where there is one. */
    public int port() {
        return api.orElseThrow().getBean(EmbeddedServer.class).getPort();
    }

    /** Ends all requests, and gives tasks in hand a few seconds. */
    public void stop() {
        preparation.close();
        api.ifPresent(ApplicationContext::close);
        openIdConnect.close();
        // Nothing of it may act beside the next leader's.
        background.close();
        leadership.close();
        hostNames.close();
    }
}
