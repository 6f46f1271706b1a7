package org.pombal.demo.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pombal.dovecot.auth.MailProtocol;

/**
 * Which backends really served a user, by their own logs: the line of a login, or of a delivery. Nobody's word about where
 * the user should have gone enters into it.
 */
public final class ServedBy {

    private ServedBy() {}

    /** Names of all backends whose log says that they served the user over this protocol. */
    public static List<String> of(MailSite site, String user, MailProtocol protocol) {
        return site.backends().stream()
                .filter(backend -> says(backend.log(), user, protocol))
                .map(backend -> backend.config().name())
                .toList();
    }

    /** Names of all backends that have a mailbox folder of the user by this name. */
    public static List<String> withMailbox(MailSite site, String user, String mailbox) {
        return site.backends().stream()
                .filter(backend -> Files.isDirectory(backend.baseDir()
                        .resolveSibling("mail")
                        .resolve(user)
                        .resolve("sdbox/mailboxes")
                        .resolve(mailbox)))
                .map(backend -> backend.config().name())
                .toList();
    }

    private static Pattern lineOf(String user, MailProtocol protocol) {
        String name = Pattern.quote(user.toLowerCase(Locale.ROOT));
        return Pattern.compile(
                switch (protocol) {
                    case IMAP, POP3, SUBMISSION ->
                        protocol.wireName() + "-login: Info: (Login|Logged in): user=<" + name + ">";
                    case SIEVE -> "managesieve-login: Info: (Login|Logged in): user=<" + name + ">";
                    case LMTP -> "lmtp\\(" + name + "\\).*: Info: .*saved mail to INBOX";
                    case DOVEADM -> throw new IllegalArgumentException("backends do not log doveadm commands");
                });
    }

    /** Whether a Dovecot's log says that it served the user over this protocol. */
    public static boolean says(Path log, String user, MailProtocol protocol) {
        try {
            return Files.exists(log)
                    && lineOf(user, protocol).matcher(Files.readString(log)).find();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
