package org.pombal.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.Listener;

/** Looks what is in mailboxes, as a mail client does. */
final class Mailboxes {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Mailboxes() {}

    /** How many messages each user has, by a proxy; without those who could not be asked. */
    static Map<String, Integer> messages(String proxy, Collection<String> users) {
        Map<String, Integer> messages = new TreeMap<>();
        for (String user : users) {
            try (ImapClient imap = ImapClient.connect(proxy, ChaosSite.PORTS.of(Listener.IMAP), PATIENCE)) {
                imap.login(user, ChaosSite.PASSWORD);
                messages.put(user, imap.select("INBOX"));
                imap.logout();
            } catch (MailException e) {
                // Then its messages count as not found.
            }
        }
        return messages;
    }
}
