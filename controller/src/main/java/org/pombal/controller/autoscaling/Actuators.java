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

    /**
     * As the pod's service account, or else as {@code kubectl} would connect. To start or stop one takes two requests, so each has half of the limit; none is
     * repeated here, because autoscaling asks again.
     */
    private static KubernetesClient client(Duration limit) {
        return client(Config.autoConfigure(null), limit);
    }

    static KubernetesClient client(Config known, Duration limit) {
        int each = (int) limit.dividedBy(2).toMillis();
        Config config = new ConfigBuilder(known)
                .withRequestTimeout(each)
                .withConnectionTimeout(each)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
