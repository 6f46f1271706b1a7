package org.pombal.controller.autoscaling;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.settings.Settings;

/** Makes the actuator that the settings name. */
public final class Actuators {

    private Actuators() {}

    public static Actuator of(Settings settings) {
        Duration limit = settings.get(AutoscalerSettings.ACTUATOR_TIMEOUT);
        return switch (settings.get(AutoscalerSettings.ACTUATOR)) {
            case NONE -> Actuator.NONE;
            case COMMAND ->
                new CommandActuator(
                        settings.get(AutoscalerSettings.ACTUATOR_COMMAND).orElseThrow(), limit);
            case KUBERNETES ->
                new KubernetesActuator(
                        settings.get(AutoscalerSettings.NAMESPACE),
                        settings.get(AutoscalerSettings.STATEFUL_SET).orElseThrow(),
                        () -> client(limit));
        };
    }

    /** As the pod's service account, or else as {@code kubectl} would connect. */
    private static KubernetesClient client(Duration limit) {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestTimeout((int) limit.toMillis())
                .withConnectionTimeout((int) limit.toMillis())
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
