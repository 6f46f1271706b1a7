package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;
import java.util.Optional;
import org.pombal.commands.ExitCodes;
import org.pombal.commands.Parameter;
import org.pombal.commands.Rule;

/** Asks before a command that does damage. */
final class Consent {

    private final Streams streams;

    Consent(Streams streams) {
        this.streams = streams;
    }

    /** The call as it is, or with the consent that was given on the terminal. */
    ParsedCall asked(ParsedCall call) throws CallFailedException {
        Optional<Rule.NeedsConsent> needed = call.command().rules().stream()
                .filter(Rule.NeedsConsent.class::isInstance)
                .map(Rule.NeedsConsent.class::cast)
                .filter(rule -> rule.problem(call.given().keySet()).isPresent())
                .findFirst();
        if (needed.isEmpty()) {
            return call;
        }
        Parameter harmful = call.command().parameter(needed.get().name()).orElseThrow();
        if (!streams.terminal().input() || !streams.terminal().error()) {
            throw new CallFailedException(
                    ExitCodes.USAGE,
                    "there is no terminal to ask on; " + harmful.flags().get(0) + " needs --"
                            + needed.get().consent() + ". Nothing was changed.");
        }
        streams.err()
                .print(call.command().words() + " " + harmful.flags().get(0) + ": " + harmful.help()
                        + " Go on? [y/N] ");
        streams.err().flush();
        if (!isYes(answer())) {
            throw new CallFailedException(ExitCodes.DATA, "not confirmed; nothing was changed");
        }
        return call.with(needed.get().consent(), "true");
    }

    private String answer() throws CallFailedException {
        try {
            String line = new BufferedReader(new InputStreamReader(streams.input(), UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new CallFailedException(ExitCodes.DATA, "no answer can be read; nothing was changed", e);
        }
    }

    private static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
