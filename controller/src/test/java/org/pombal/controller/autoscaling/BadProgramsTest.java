package org.pombal.controller.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.controller.autoscaling.Answers.SITE;
import static org.pombal.controller.autoscaling.Answers.ends;
import static org.pombal.controller.autoscaling.Answers.isOfNoUse;
import static org.pombal.controller.autoscaling.Answers.isWanted;
import static org.pombal.controller.autoscaling.Answers.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.autoscaling.Program.Leftovers;
import org.pombal.model.backend.HostName;
import org.pombal.model.scale.ScalerAnswer;

/** Programs of operators that are not as they should be, as scalers and as actuators. */
class BadProgramsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final HostName HOST = new HostName("b4.example.org");

    @TempDir
    private Path folder;

    private ScalerAnswer answer(String script, Duration limit) throws Exception {
        Program program = new Program(program(folder, script), limit, Leftovers.KILL);
        return new TimedScaler("mine", site -> SiteDocument.number(program.run("", site.site())), LIMIT).ask(SITE);
    }

    private CommandActuator actuator(String script, Duration limit) throws IOException {
        return new CommandActuator(program(folder, script), limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    exit 3                        | program ended with exit code 3
                    echo no way >&2; exit 1       | program ended with exit code 1: no way
                    kill -9 $$                    | program ended with exit code 137
                    echo many                     | answers 'many', which is no number
                    echo 3 4                      | answers '3 4', which is no number
                    echo 99999999999              | answers '99999999999', which is no number
                    exit 0                        | answers '', which is no number
                    echo -1                       | wants -1 backends; a site has 0 to 1000
                    echo 1000000                  | wants 1000000 backends; a site has 0 to 1000
                    head -c 3000 /dev/urandom     | which is no number
                    """)
    void whatItAnswersIsOfNoUse(String script, String problem) throws Exception {
        isOfNoUse(answer(script, LIMIT), problem);
    }

    @Test
    void whatPrintsWithoutEndIsStoppedSoonAndNotKept() throws Exception {
        isOfNoUse(answer("exec yes", LIMIT), "ended with exit code 141; it printed more than is read, 65536 bytes");
        isOfNoUse(answer("exec yes >&2", LIMIT), "ended with exit code 141: y | y | ");
        isOfNoUse(
                answer("trap '' PIPE; while :; do echo x 2>&-; done", SHORT), "took longer than 500 ms and was killed");
    }

    @Test
    void whatHangsAndIgnoresTheRequestToEndIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        isOfNoUse(
                answer("trap '' TERM INT HUP; echo $$ > " + pid + "; while :; do sleep 1; done", SHORT),
                "took longer than 500 ms and was killed");
        ends(pid);
    }

    @Test
    void whatItStartedIsKilledWithItAlsoWhenItsParentHasEnded() throws Exception {
        Path pid = folder.resolve("pid");
        isOfNoUse(answer("(sleep 600 & echo $! > " + pid + "); sleep 600", SHORT), "was killed");
        ends(pid);
    }

    @Test
    void whatAScalerLeavesRunningIsKilledAndItsAnswerHolds() throws Exception {
        Path pid = folder.resolve("pid");
        isWanted(answer("sleep 600 & echo $! > " + pid + "; echo 4", LIMIT), 4);
        ends(pid);
    }

    @Test
    void whatAnActuatorLeavesRunningGoesOnIfItEndedWell() throws Exception {
        Path pid = folder.resolve("pid");
        actuator("sleep 600 & echo $! > " + pid, LIMIT).start(HOST, 4);
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
        ends(pid);

        assertThatThrownBy(() -> actuator("sleep 600 & echo $! > " + pid + "; exit 2", LIMIT)
                        .start(HOST, 4))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("ended with exit code 2");
        ends(pid);
    }

    @Test
    void anActuatorThatHangsOrPrintsWithoutEndIsStopped() throws Exception {
        assertThatThrownBy(() -> actuator("sleep 600", SHORT).stop(HOST, 3))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("took longer than 500 ms and was killed");
        assertThatThrownBy(() -> actuator("exec yes", LIMIT).stop(HOST, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with exit code 141");
    }

    @Test
    void whatIsNoProgramIsSaid() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "echo 3");
        assertThatThrownBy(() -> new CommandActuator(text, LIMIT).start(HOST, 4))
                .isInstanceOf(IOException.class)
                .hasMessage(text + " is no program that can be run");
        assertThatThrownBy(() -> new CommandActuator(folder, LIMIT).start(HOST, 4))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is no program that can be run");
    }
}
