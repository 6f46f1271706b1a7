package org.pombal.bench.moves;

import java.time.Duration;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.ServerAddress;

/** Whether a server greets. */
final class Greeting {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Greeting() {}

    static boolean isSaid(ServerAddress server) {
        try (ImapClient ignored = ImapClient.connect(server.host(), server.port(), PATIENCE)) {
            return true;
        } catch (MailException e) {
            return false;
        }
    }
}
