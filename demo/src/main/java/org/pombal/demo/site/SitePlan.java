package org.pombal.demo.site;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.StandaloneConfig.TlsFiles;
import org.pombal.geodb.cassandra.CassandraConfig;

/**
 * What a {@link MailSite} is made of.
 *
 * @param name of the site
 * @param domain of its servers' host names, which no two sites of a cluster may share
 * @param folder for everything, as this program sees it; Dovecot's users must be able to enter it
 * @param backendFolder for the backends, if their Dovecot needs another place; else the same
 * @param dovecot of the proxies
 * @param backendDovecot of the backends; may be another version
 * @param network the first three numbers of loopback addresses, as {@code 127.0.77}; proxies are at .1 and following,
 *     backends at .11 and following
 * @param nodePort where nodes answer HTTP
 * @param proxies how many, 1 to 9
 * @param backends how many, 1 to 9
 * @param pombal how the product is run
 * @param proxyAccounts who may log in at proxies
 * @param backendAccounts who may log in at backends
 * @param backendTls certificate and key for all backends, as Dovecot sees them
 * @param nodeSettings of all nodes, besides those that follow from the rest
 * @param proxyMore lines for each proxy's dovecot.conf
 * @param backendMore lines for each backend's dovecot.conf
 */
public record SitePlan(
        String name,
        String domain,
        Path folder,
        Path backendFolder,
        DovecotInstallation dovecot,
        DovecotInstallation backendDovecot,
        String network,
        Ports ports,
        int nodePort,
        int proxies,
        int backends,
        CassandraConfig geoDb,
        Program pombal,
        List<Account> proxyAccounts,
        List<Account> backendAccounts,
        Optional<BackendTlsPlan> backendTls,
        Map<String, String> nodeSettings,
        String proxyMore,
        String backendMore) {

    /** Of the only site (RFC 6761: no such names are in DNS). */
    public static final String TEST_DOMAIN = "test";

    /**
     * How the product is run.
     *
     * @param command before its arguments
     * @param sees what a path of this machine is called where it runs
     * @param guardian the program that runs the backends' Dovecots
     */
    public record Program(List<String> command, UnaryOperator<Path> sees, Path guardian) {

        public Program {
            command = List.copyOf(command);
            requireNonNull(guardian, "guardian is null");
            requireNonNull(sees, "sees is null");
        }

        /** On this machine. */
        public static Program here(List<String> command, Path guardian) {
            return new Program(command, UnaryOperator.identity(), guardian);
        }
    }

    /**
     * TLS between proxies and backends.
     *
     * @param files of the backends
     * @param authority certificate authority that proxies believe, as Dovecot sees it
     * @param implicit whether TLS starts at once, on LMTP and doveadm too
     */
    public record BackendTlsPlan(TlsFiles files, Path authority, boolean implicit) {}

    public SitePlan {
        requireNonNull(name, "name is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(backendFolder, "backendFolder is null");
        requireNonNull(dovecot, "dovecot is null");
        requireNonNull(backendDovecot, "backendDovecot is null");
        requireNonNull(network, "network is null");
        requireNonNull(ports, "ports is null");
        requireNonNull(geoDb, "geoDb is null");
        requireNonNull(pombal, "pombal is null");
        proxyAccounts = List.copyOf(proxyAccounts);
        backendAccounts = List.copyOf(backendAccounts);
        requireNonNull(backendTls, "backendTls is null");
        nodeSettings = Map.copyOf(nodeSettings);
        requireNonNull(proxyMore, "proxyMore is null");
        requireNonNull(backendMore, "backendMore is null");
        if (proxies < 1 || proxies > 9 || backends < 1 || backends > 9) {
            throw new IllegalArgumentException("a site here has 1 to 9 proxies and backends");
        }
    }

    /** The only site of its cluster. */
    public SitePlan(
            String name,
            Path folder,
            Path backendFolder,
            DovecotInstallation dovecot,
            DovecotInstallation backendDovecot,
            String network,
            Ports ports,
            int nodePort,
            int proxies,
            int backends,
            CassandraConfig geoDb,
            Program pombal,
            List<Account> proxyAccounts,
            List<Account> backendAccounts,
            Optional<BackendTlsPlan> backendTls,
            Map<String, String> nodeSettings,
            String proxyMore,
            String backendMore) {
        this(
                name,
                TEST_DOMAIN,
                folder,
                backendFolder,
                dovecot,
                backendDovecot,
                network,
                ports,
                nodePort,
                proxies,
                backends,
                geoDb,
                pombal,
                proxyAccounts,
                backendAccounts,
                backendTls,
                nodeSettings,
                proxyMore,
                backendMore);
    }

    /** One proxy and three backends that know the same accounts, without TLS. */
    public static SitePlan of(
            String name,
            Path folder,
            DovecotInstallation dovecot,
            String network,
            Ports ports,
            int nodePort,
            CassandraConfig geoDb,
            Program pombal,
            List<Account> accounts) {
        return new SitePlan(
                name,
                folder,
                folder,
                dovecot,
                dovecot,
                network,
                ports,
                nodePort,
                1,
                3,
                geoDb,
                pombal,
                accounts,
                accounts,
                Optional.empty(),
                Map.of(),
                "",
                "");
    }

    /** The same site with another GeoDB. */
    public SitePlan withGeoDb(CassandraConfig other) {
        return new SitePlan(
                name,
                domain,
                folder,
                backendFolder,
                dovecot,
                backendDovecot,
                network,
                ports,
                nodePort,
                proxies,
                backends,
                other,
                pombal,
                proxyAccounts,
                backendAccounts,
                backendTls,
                nodeSettings,
                proxyMore,
                backendMore);
    }

    /** Address of a proxy, counted from 1. */
    public String proxyAddress(int number) {
        return network + "." + number;
    }

    /** Address of a backend, counted from 1. */
    public String backendAddress(int number) {
        return network + "." + (10 + number);
    }

    /** What a proxy is called, counted from 1. */
    public String proxyHost(int number) {
        return "proxy" + number + "." + domain;
    }

    /** Host name of a backend, counted from 1. */
    public String backendHost(int number) {
        return "backend" + number + "." + domain;
    }
}
