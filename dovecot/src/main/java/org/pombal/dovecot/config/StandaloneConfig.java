package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole Dovecot of its own, apart from one that the machine may have: for the demo and for tests. It includes the very
 * {@link DovecotSnippet} that operators get.
 *
 * @param name instance name, and the host name in greetings
 * @param snippet its part in the cluster; its ports are also those of the login services
 * @param folder where the server keeps everything, as the server sees it
 * @param address the only address to listen on
 * @param tls certificate and key; without them there is no TLS, and TLS ports are closed
 * @param accounts who may log in
 * @param mailUid numeric user and group id that mail belongs to
 * @param submissionRelay where mail goes that users submit
 * @param doveadmPassword between proxies and backends, and the key of doveadm's HTTP API
 * @param more lines of configuration to add, for tests; not checked
 */
public record StandaloneConfig(
        String name,
        DovecotSnippet snippet,
        Path folder,
        String address,
        Optional<TlsFiles> tls,
        List<Account> accounts,
        int mailUid,
        ServerAddress submissionRelay,
        String doveadmPassword,
        String more) {

    /** Certificate chain and key in PEM format, as the server sees them. */
    public record TlsFiles(Path certificate, Path key) {

        public TlsFiles {
            Setting.requireUsable("certificate", requireNonNull(certificate, "certificate is null"));
            Setting.requireUsable("key", requireNonNull(key, "key is null"));
        }
    }

    /** The file in {@link #folder} that Dovecot is started with. */
    public static final String MAIN_FILE = "dovecot.conf";

    private static final String SNIPPET_FILE = "pombal.conf";
    private static final String ACCOUNTS_FILE = "users";

    private static final int CUSTOMARY_MAIL_UID = 5000;

    private static final List<Listener> LOGIN = List.of(
            Listener.IMAP,
            Listener.IMAPS,
            Listener.POP3,
            Listener.POP3S,
            Listener.SUBMISSION,
            Listener.SUBMISSIONS,
            Listener.SIEVE);

    public StandaloneConfig {
        requireNonNull(name, "name is null");
        requireNonNull(snippet, "snippet is null");
        Setting.requireUsable("folder", requireNonNull(folder, "folder is null"));
        address = new Network(address).text();
        requireNonNull(tls, "tls is null");
        accounts = List.copyOf(requireNonNull(accounts, "accounts is null"));
        requireNonNull(submissionRelay, "submissionRelay is null");
        requireNonNull(doveadmPassword, "doveadmPassword is null");
        requireNonNull(more, "more is null");
        if (mailUid <= 0) {
            throw new IllegalArgumentException("mail cannot belong to user id " + mailUid);
        }
    }

    /** Without TLS and accounts; what users submit goes to port 25 of this machine. */
    public static StandaloneConfig of(String name, DovecotSnippet snippet, Path folder, String address) {
        return new StandaloneConfig(
                name,
                snippet,
                folder,
                address,
                Optional.empty(),
                List.of(),
                CUSTOMARY_MAIL_UID,
                new ServerAddress("127.0.0.1", 25),
                "doveadm",
                "");
    }

    public StandaloneConfig withTls(TlsFiles files) {
        return new StandaloneConfig(
                name,
                snippet,
                folder,
                address,
                Optional.of(files),
                accounts,
                mailUid,
                submissionRelay,
                doveadmPassword,
                more);
    }

    public StandaloneConfig withAccounts(List<Account> users) {
        return new StandaloneConfig(
                name, snippet, folder, address, tls, users, mailUid, submissionRelay, doveadmPassword, more);
    }

    public StandaloneConfig withSubmissionRelay(ServerAddress relay) {
        return new StandaloneConfig(
                name, snippet, folder, address, tls, accounts, mailUid, relay, doveadmPassword, more);
    }

    public StandaloneConfig withMore(String lines) {
        return new StandaloneConfig(
                name, snippet, folder, address, tls, accounts, mailUid, submissionRelay, doveadmPassword, lines);
    }

    /** The base_dir: sockets and the pid file. */
    public Path baseDir() {
        return baseDirIn(folder);
    }

    /** The base_dir of a server that keeps everything in {@code folder}. */
    public static Path baseDirIn(Path folder) {
        return folder.resolve("run");
    }

    public Path log() {
        return folder.resolve("dovecot.log");
    }

    /** Each user's mail is in a folder of his name below. */
    public Path mail() {
        return folder.resolve("mail");
    }

    /** What it listens on once it runs. */
    public Map<Listener, ServerAddress> listeners() {
        Map<Listener, ServerAddress> listeners = new EnumMap<>(Listener.class);
        for (Listener listener : LOGIN) {
            if (portOf(listener) != 0) {
                listeners.put(listener, new ServerAddress(address, portOf(listener)));
            }
        }
        snippet.addresses(address).forEach(listeners::put);
        return listeners;
    }

    /** What to write into {@link #folder}: file name to content. The accounts hold passwords. */
    public Map<String, String> files() {
        return new TreeMap<>(Map.of(
                MAIN_FILE, mainText(), SNIPPET_FILE, snippet.text(), ACCOUNTS_FILE, Account.passwdFile(accounts)));
    }

    private String mainText() {
        Map<String, String> values = new TreeMap<>();
        values.put("NAME", Setting.line("instance_name", name));
        values.put("HOST_NAME", Setting.line("hostname", name));
        values.put("GREETING", Setting.line("login_greeting", name));
        values.put("BASE_DIR", Setting.line("base_dir", baseDir()));
        values.put("STATE_DIR", Setting.line("state_dir", folder.resolve("state")));
        values.put("LOG", Setting.line("log_path", log()));
        values.put("ADDRESS", address);
        values.put("PASSDB_FIELDS", passdbFields());
        values.put("TLS", tls.map(this::tlsLines).orElse("ssl = no"));
        values.put("ACCOUNTS", folder.resolve(ACCOUNTS_FILE).toString());
        values.put("MAIL", mail().toString());
        values.put("MAIL_UID", String.valueOf(mailUid));
        values.put("RELAY_HOST", Setting.line("submission_relay_host", submissionRelay.host()));
        values.put("RELAY_PORT", String.valueOf(submissionRelay.port()));
        values.put("DOVEADM_PASSWORD", Setting.line("doveadm_password", doveadmPassword));
        values.put("DOVEADM_API_KEY", Setting.line("doveadm_api_key", doveadmPassword));
        for (Listener listener : LOGIN) {
            values.put(listener.name() + "_PORT", String.valueOf(portOf(listener)));
        }
        values.put("MORE", more);
        values.put("SNIPPET", SNIPPET_FILE);
        return Template.load(snippet.version() + "/standalone.conf").fill(values);
    }

    private int portOf(Listener listener) {
        return listener.implicitTls() && tls.isEmpty() ? 0 : snippet.ports().of(listener);
    }

    private String passdbFields() {
        if (!(snippet instanceof ProxySnippet)) {
            return "";
        }
        return snippet.version() == DovecotVersion.V2_3 ? "proxy=y" : "proxy = yes";
    }

    private String tlsLines(TlsFiles files) {
        String sign = snippet.version() == DovecotVersion.V2_3 ? "<" : "";
        String prefix = snippet.version() == DovecotVersion.V2_3 ? "ssl_" : "ssl_server_";
        String suffix = snippet.version() == DovecotVersion.V2_3 ? "" : "_file";
        return String.join(
                "\n",
                "ssl = yes",
                Setting.line(prefix + "cert" + suffix, sign + files.certificate()),
                Setting.line(prefix + "key" + suffix, sign + files.key()));
    }
}
