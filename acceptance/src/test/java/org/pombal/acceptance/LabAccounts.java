package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;

/**
 * Who exists in a {@link Lab}: users with names as usual, some whom the passdb of the proxies sends elsewhere, and in the
 * domain {@value #ODD_DOMAIN} whoever comes.
 */
final class LabAccounts {

    static final String PASSWORD = "secret";

    /** Of {@code user*master}, at the proxies. */
    static final String MASTER_PASSWORD = "proxymaster";

    /** Any name in it exists, however odd. */
    static final String ODD_DOMAIN = "odd.test";

    /** Dovecot lets whoever is refused wait for two seconds, which is nothing that the tests are about. */
    static final String REFUSED_AT_ONCE = "auth_failure_delay = 0s\n";

    private static final int MAIL_UID = 5000;
    private static final List<String> USUAL = List.of("alice", "bob", "carol", "dave", "erin", "grace", "tom", "wrong");

    private LabAccounts() {}

    static List<Account> ofProxies(String network, Ports ports) {
        return Stream.concat(
                        usual(),
                        Stream.of(
                                new Account("alias@example.org", PASSWORD, "user=alice@example.org"),
                                new Account("mapped@example.org", PASSWORD, "destuser=bob@example.org"),
                                new Account(
                                        "pinned@example.org",
                                        PASSWORD,
                                        "host=" + network + ".12 port=" + ports.of(Listener.IMAP)),
                                new Account("challenge@example.org", PASSWORD, "master=admin pass=masterpw")))
                .toList();
    }

    static List<Account> ofBackends() {
        return Stream.concat(usual(), Stream.of(account("pinned"), account("challenge")))
                .toList();
    }

    private static Stream<Account> usual() {
        return USUAL.stream().map(LabAccounts::account);
    }

    private static Account account(String name) {
        return new Account(name + "@example.org", PASSWORD);
    }

    static String proxyLines(DovecotVersion version) {
        return version == DovecotVersion.V2_3
                ? """
                disable_plaintext_auth = no
                auth_cache_size = 1M
                auth_mechanisms = plain login cram-md5
                auth_master_user_separator = *
                passdb {
                  driver = static
                  args = password=%s proxy=y master=admin pass=masterpw
                  master = yes
                }
                passdb {
                  driver = static
                  username_filter = *@%s
                  args = password=%s proxy=y
                }
                """.formatted(MASTER_PASSWORD, ODD_DOMAIN, PASSWORD)
                : """
                auth_allow_cleartext = yes
                auth_cache_size = 1M
                auth_mechanisms = plain login cram-md5
                auth_master_user_separator = *
                passdb masters {
                  driver = static
                  passdb_static_password = %s
                  master = yes
                  fields {
                    proxy = yes
                    master = admin
                    pass = masterpw
                  }
                }
                passdb odd {
                  driver = static
                  username_filter = *@%s
                  passdb_static_password = %s
                  fields {
                    proxy = yes
                  }
                }
                """.formatted(MASTER_PASSWORD, ODD_DOMAIN, PASSWORD);
    }

    /** Makes the folder for the mail of users with odd names. */
    static Path oddMail(Path parent) {
        try {
            Path folder = Files.createDirectory(parent.resolve("odd-mail"));
            Files.setAttribute(folder, "unix:uid", MAIL_UID);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + parent, e);
        }
    }

    /** @param oddMail folder for the mail of all users with odd names, as Dovecot sees it */
    static String backendLines(DovecotVersion version, Path oddMail) {
        return version == DovecotVersion.V2_3
                ? """
                disable_plaintext_auth = no
                auth_username_chars =
                auth_master_user_separator = *
                passdb {
                  driver = static
                  args = password=masterpw
                  master = yes
                }
                passdb {
                  driver = static
                  username_filter = *@%s
                  args = password=%s
                }
                userdb {
                  driver = static
                  args = uid=5000 gid=5000 home=%s/%%u allow_all_users=yes
                }
                """.formatted(ODD_DOMAIN, PASSWORD, oddMail)
                : """
                auth_allow_cleartext = yes
                auth_username_chars =
                auth_master_user_separator = *
                passdb masters {
                  driver = static
                  passdb_static_password = masterpw
                  master = yes
                }
                passdb odd {
                  driver = static
                  username_filter = *@%s
                  passdb_static_password = %s
                }
                userdb odd {
                  driver = static
                  userdb_static_allow_all_users = yes
                  fields {
                    uid = 5000
                    gid = 5000
                    home = %s/%%{user}
                  }
                }
                """.formatted(ODD_DOMAIN, PASSWORD, oddMail);
    }
}
