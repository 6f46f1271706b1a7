package org.pombal.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.StandaloneConfig;

/** Uses every protocol by a name of raw bytes. */
final class OddNames {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * What became of it.
     *
     * @param protocol {@code imap_literal} is the command LOGIN, {@code imap_sasl_login} the mechanism LOGIN, the other
     *     logins use PLAIN
     * @param outcome {@code served}; {@code refused}, with an answer; {@code broken}, without one
     * @param words the server's last
     */
    record Attempt(String protocol, String outcome, String words) {}

    private OddNames() {}

    static List<Attempt> attempt(Lab lab, int proxy, byte[] name, String password) {
        List<String> command = new ArrayList<>(
                List.of("python3", System.getProperty("pombal.clients") + "/names.py", lab.proxy(proxy)));
        Stream.of(Listener.IMAP, Listener.POP3, Listener.SUBMISSION, Listener.SIEVE, Listener.LMTP)
                .forEach(listener -> command.add(String.valueOf(lab.port(listener))));
        command.add(HexFormat.of().formatHex(name));
        command.add(password);
        StandaloneConfig config = lab.site().proxy(proxy).config();
        command.addAll(lab.site()
                .plan()
                .dovecot()
                .command(
                        "doveadm",
                        "-c",
                        config.folder().resolve(StandaloneConfig.MAIN_FILE).toString()));
        Programs.Ended ended = Programs.run(PATIENCE, command);
        if (ended.exitCode() != 0) {
            throw new AssertionError("the client failed: " + ended.output());
        }
        return ended.output().lines().map(OddNames::parse).toList();
    }

    private static Attempt parse(String line) {
        String[] parts = line.split(" ", 3);
        return new Attempt(parts[0], parts[1], parts[2]);
    }
}
