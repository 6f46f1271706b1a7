package org.pombal.controller.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pombal.controller.autoscaling.ScaledSite.BackendFacts;
import org.pombal.model.scale.ScalerAnswer;

/** What scalers are asked about, and what they answer. */
final class Answers {

    static final ScaledSite SITE = new ScaledSite(
            "lisbon",
            List.of(
                    new BackendFacts(
                            "b1.example.org", "online", 100, 7, Optional.of(0.5), Optional.of(40.0), Optional.of(44.0)),
                    new BackendFacts(
                            "b2.example.org",
                            "standby",
                            100,
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));

    private Answers() {}

    static void isWanted(ScalerAnswer answer, int number) {
        assertThat(answer).isInstanceOfSatisfying(ScalerAnswer.Wanted.class, wanted -> assertThat(wanted.number())
                .isEqualTo(number));
    }

    static void isOfNoUse(ScalerAnswer answer, String... problem) {
        assertThat(answer)
                .isInstanceOfSatisfying(ScalerAnswer.Unusable.class, unusable -> assertThat(unusable.problem())
                        .contains(problem));
    }

    static Path program(Path folder, String text) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** Fails if the process whose id is in the file does not end soon. */
    static void ends(Path pid) throws IOException {
        long id = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(id)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(id).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
