package org.pombal.node;

import static org.pombal.node.OwnershipSettings.FENCE_COMMAND;
import static org.pombal.node.OwnershipSettings.FLUSH_COMMAND;
import static org.pombal.node.OwnershipSettings.PROBE_INTERVAL;
import static org.pombal.node.OwnershipSettings.PROBE_TIMEOUT;
import static org.pombal.operations.TakeoverSettings.TAKEOVER;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;
import org.pombal.settings.TimeSpans;

/** What must hold between the settings of ownership. */
final class OwnershipRules {

    private OwnershipRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(
                    List.of(TAKEOVER, FENCE_COMMAND, NodeSettings.BACKEND_NAME), OwnershipRules::fencedHasCommand),
            new SettingsRule(List.of(TAKEOVER, FENCE_COMMAND), OwnershipRules::fenceCommandIsUsed),
            new SettingsRule(List.of(FENCE_COMMAND), settings -> canBeRun(settings, FENCE_COMMAND)),
            new SettingsRule(List.of(FLUSH_COMMAND), settings -> canBeRun(settings, FLUSH_COMMAND)),
            new SettingsRule(List.of(PROBE_TIMEOUT, PROBE_INTERVAL), OwnershipRules::probesDoNotOverlap)
        };
    }

    private static Optional<String> fencedHasCommand(Settings settings) {
        return objectionIf(
                settings.get(TAKEOVER) == TakeoverPolicy.FENCED
                        && settings.get(NodeSettings.BACKEND_NAME).isPresent()
                        && settings.get(FENCE_COMMAND).isEmpty(),
                "cluster_takeover = fenced, and this backend could never take users over: set cluster_fence_command");
    }

    private static Optional<String> fenceCommandIsUsed(Settings settings) {
        return objectionIf(
                settings.get(TAKEOVER) == TakeoverPolicy.LEASE
                        && settings.get(FENCE_COMMAND).isPresent(),
                "cluster_fence_command is set, and nobody would run it: set cluster_takeover = fenced");
    }

    /** Otherwise one would learn it when the command is needed. */
    private static Optional<String> canBeRun(Settings settings, Setting<Optional<Path>> command) {
        return settings.get(command)
                .filter(path -> !Files.isRegularFile(path) || !Files.isExecutable(path))
                .map(path -> command.name() + " = " + path + " (from " + settings.origin(command)
                        + "): there is no such file, or it may not be executed");
    }

    private static Optional<String> probesDoNotOverlap(Settings settings) {
        return objectionIf(
                settings.get(PROBE_TIMEOUT).compareTo(settings.get(PROBE_INTERVAL)) > 0,
                shown(settings, PROBE_TIMEOUT) + " must not be longer than " + shown(settings, PROBE_INTERVAL));
    }

    /** A time as a message names it. */
    static String shown(Settings settings, Setting<Duration> time) {
        return time.name() + " (" + TimeSpans.print(settings.get(time)) + ", from " + settings.origin(time) + ")";
    }

    static Optional<String> objectionIf(boolean wrong, String objection) {
        return wrong ? Optional.of(objection) : Optional.empty();
    }
}
