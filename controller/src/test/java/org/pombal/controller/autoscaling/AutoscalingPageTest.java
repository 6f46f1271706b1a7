package org.pombal.controller.autoscaling;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.autoscaling.Answers.SITE;
import static org.pombal.controller.autoscaling.Answers.isWanted;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.controller.TestController;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.settings.Settings;

/** The examples of docs/autoscaling.md work as they stand there. */
class AutoscalingPageTest {

    private static final Path PAGE = Path.of("..", "docs", "autoscaling.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    private static Settings settings(String block) {
        Map<String, String> all = new HashMap<>(Map.of("CLUSTER_SITE", "lisbon"));
        all.putAll(Arrays.stream(block.split("\n"))
                .map(line -> line.split(" = ", 2))
                .collect(toMap(parts -> parts[0], parts -> parts[1])));
        return TestController.settings(all);
    }

    @Test
    void theClassIsCompiledAndAsked() throws Exception {
        Path jar = ScalerJar.of(folder, "Tickets", blocks("java").get(0));
        Settings shown = settings(blocks("").stream()
                .filter(block -> block.startsWith("AUTOSCALER = class"))
                .findFirst()
                .orElseThrow());
        assertThat(shown.get(AutoscalerSettings.MAX)).contains(8);

        ClassScaler scaler =
                new ClassScaler(jar, shown.get(AutoscalerSettings.CLASS).orElseThrow());

        isWanted(new TimedScaler("tickets", scaler, shown.get(AutoscalerSettings.TIMEOUT)).ask(SITE), 2);
    }

    @Test
    void theSettingsOfBothPlatformsAreAccepted() throws IOException {
        List<Settings> shown = blocks("").stream()
                .filter(block -> block.startsWith("AUTOSCALER = load"))
                .map(AutoscalingPageTest::settings)
                .toList();
        assertThat(shown)
                .extracting(one -> one.get(AutoscalerSettings.ACTUATOR).toString())
                .containsExactly("kubernetes", "command");
    }

    @Test
    void whatAProgramReadsHasTheFieldsThatAreShown() throws IOException {
        String shown = blocks("").stream()
                .filter(block -> block.startsWith("{\"site\": \"lisbon\", \"backends\""))
                .findFirst()
                .orElseThrow();
        ObjectMapper json = new ObjectMapper();
        List<String> fields = new ArrayList<>();
        json.readTree(shown).at("/backends/0").fieldNames().forEachRemaining(fields::add);
        assertThat(json.readTree(SiteDocument.of(SITE)).at("/backends/0").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(fields);
    }
}
