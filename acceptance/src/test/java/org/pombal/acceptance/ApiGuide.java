package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines with curl in docs/controller.md, run by a shell as they stand there, but for the address and the secrets. */
final class ApiGuide {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ApiGuide() {}

    /** The blocks that ask a controller, in their order; the first makes a token. */
    static List<String> blocks(Path page) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(page, UTF_8));
        while (matcher.find()) {
            String block = matcher.group(1);
            if ((block.contains("curl ") || block.contains("pombal_api ")) && !block.contains("./pombal")) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /**
     * Runs lines; what is refused ends them.
     *
     * @param folder for a curl that fails where the server refuses, and that ends what is endless after a second
     */
    static Programs.Ended run(Path folder, String lines) throws IOException {
        Path curl = folder.resolve("curl");
        Files.writeString(curl, """
                #!/bin/bash
                case "$*" in */events) limit=1 ;; *) limit=30 ;; esac
                PATH=${PATH#*:} curl --fail-with-body --max-time $limit "$@" && exit
                code=$?
                [ $limit = 1 ] && [ $code = 28 ] && exit
                echo " <- curl $* (exit code $code)"
                exit $code
                """);
        if (!curl.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + curl + " a program");
        }
        return Programs.run(PATIENCE, "bash", "-e", "-c", "PATH=" + folder + ":$PATH\n" + lines);
    }
}
