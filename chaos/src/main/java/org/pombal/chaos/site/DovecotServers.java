package org.pombal.chaos.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pombal.demo.server.DovecotFolder;
import org.pombal.demo.server.Guardian;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotSnippet;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/** The Dovecots of the site. */
final class DovecotServers {

    private final SiteShape shape;
    private final Network trusted;
    private final List<Account> accounts;

    /** @param trusted the network of all of them */
    DovecotServers(SiteShape shape, Network trusted) {
        this.shape = shape;
        this.trusted = trusted;
        this.accounts = IntStream.rangeClosed(1, shape.users())
                .mapToObj(number -> new Account(SiteShape.user(number), ChaosSite.PASSWORD))
                .toList();
    }

    StandaloneConfig backend(Host host) {
        return config(
                host.name(),
                host,
                new BackendSnippet(
                        shape.dovecot().version(),
                        ChaosSite.PORTS,
                        List.of(trusted),
                        false,
                        new Network(host.address()),
                        Optional.of(StandaloneConfig.baseDirIn(shape.dovecot().inside(shape.folder(host)))),
                        Optional.empty()));
    }

    StandaloneConfig proxy(Host host) {
        return config(
                host.name(),
                host,
                new ProxySnippet(
                        shape.dovecot().version(),
                        ChaosSite.PORTS,
                        List.of(trusted),
                        Optional.empty(),
                        Optional.empty(),
                        new Network(host.address())));
    }

    private StandaloneConfig config(String name, Host host, DovecotSnippet snippet) {
        return StandaloneConfig.of(
                        name, snippet, shape.dovecot().inside(shape.folder().resolve(name)), host.address())
                .withAccounts(accounts);
    }

    /** One that is started when its node is trusted. */
    Server guarded(Host host, StandaloneConfig config, Guardian guardian) {
        return server(
                ChaosSite.DOVECOT,
                host,
                config,
                guardian.command(shape.dovecot(), shape.dovecot().onHost(config.baseDir()), prepared(config)));
    }

    /** One that is started at once. */
    Server unguarded(Host host, StandaloneConfig config) {
        return server(ChaosSite.DOVECOT, host, config, prepared(config));
    }

    /** One that is none of the cluster's: nobody judges whom it serves, from the mail that all share. */
    Server stranger(Host host) {
        StandaloneConfig config = config(
                ChaosSite.STRANGER,
                host,
                BackendSnippet.unjudged(
                        shape.dovecot().version(),
                        ChaosSite.STRANGERS_PORTS,
                        List.of(trusted),
                        false,
                        new Network(host.address())));
        return server(ChaosSite.STRANGER, host, config, prepared(config));
    }

    private List<String> prepared(StandaloneConfig config) {
        DovecotFolder folder = new DovecotFolder(shape.dovecot(), config);
        folder.prepare();
        return folder.command();
    }

    private Server server(String name, Host host, StandaloneConfig config, List<String> command) {
        return new Server(
                name, host, command, shape.dovecot().onHost(config.folder()).resolve("stderr"));
    }

    /** A command line of Dovecot's own {@code doveadm} on a host. */
    List<String> doveadm(Host host, List<String> words) {
        List<String> arguments = new ArrayList<>(List.of(
                "-c",
                shape.dovecot()
                        .inside(shape.folder(host))
                        .resolve(StandaloneConfig.MAIN_FILE)
                        .toString()));
        arguments.addAll(words);
        return host.command(shape.dovecot().command("doveadm", arguments.toArray(String[]::new)));
    }
}
