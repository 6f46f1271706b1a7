package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.DOVECOT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.doveconf.Doveconf;

/** Has Dovecot's configuration printed, and judged. */
final class DoveconfLook {

    /** Settings that were set to their defaults too: 2.4 does not print the defaults of services otherwise. */
    private static final String OPTION = "-N";

    private final Machine machine;

    DoveconfLook(Machine machine) {
        this.machine = machine;
    }

    Stream<Finding> look() throws InterruptedException {
        List<String> command = new ArrayList<>(machine.doveconf());
        command.add(OPTION);
        String spelt = String.join(" ", command);
        try {
            ShortCommand.Result result = ShortCommand.run(command);
            return judge(spelt, result);
        } catch (IOException e) {
            return Stream.of(Finding.error(
                    DOVECOT,
                    "cannot run '" + spelt + "': " + e.getMessage() + "; install Dovecot, or correct"
                            + " cluster_doveconf_command"));
        }
    }

    /** Of a configuration that is refused not all may be printed; what is missing would look like a default. */
    private Stream<Finding> judge(String command, ShortCommand.Result result) {
        if (result.exitCode() != 0) {
            return Stream.of(Finding.error(
                    DOVECOT,
                    "'" + command + "' fails with exit code " + result.exitCode() + ": "
                            + result.errors().strip().replace('\n', ' ') + "; correct it, then check again"));
        }
        Doveconf conf = Doveconf.parse(result.output());
        if (conf.release().isEmpty()) {
            return Stream.of(Finding.error(
                    DOVECOT, "'" + command + "' does not print a configuration; correct cluster_doveconf_command"));
        }
        return version(conf)
                .map(version ->
                        new DovecotFacts(conf, version, machine.backend().isPresent(), machine.baseDir()))
                .map(facts -> DovecotCheck.ALL.stream().flatMap(check -> check.look(facts)))
                .orElseGet(() -> Stream.of(Finding.error(
                        DOVECOT,
                        "Dovecot " + conf.release() + " is not known to Pombal, which works with 2.3 and 2.4;"
                                + " install one of these")));
    }

    private static Optional<DovecotVersion> version(Doveconf conf) {
        try {
            return Optional.of(DovecotVersion.parse(conf.release()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
