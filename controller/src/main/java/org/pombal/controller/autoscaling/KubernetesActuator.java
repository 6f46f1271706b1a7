package org.pombal.controller.autoscaling;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.HostName;

/**
 * Scales a StatefulSet. It starts pods in the order of their numbers and stops the last one first, so a pod is only stopped by taking one off when it is the
 * last. The number is written with the version under which it was read: who scales by hand at the same time is not overruled.
 */
public final class KubernetesActuator implements Actuator {

    private final String namespace;
    private final String name;
    private final Supplier<KubernetesClient> connect;
    private @Nullable KubernetesClient client;

    /** @param connect makes a client, when one is needed first */
    public KubernetesActuator(String namespace, String name, Supplier<KubernetesClient> connect) {
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.name = requireNonNull(name, "name is null");
        this.connect = requireNonNull(connect, "connect is null");
    }

    @Override
    public void start(HostName host, int count) throws IOException {
        Scale scale = read();
        if (replicas(scale) < count) {
            write(scale, count);
        }
    }

    @Override
    public void stop(HostName host, int count) throws IOException {
        Scale scale = read();
        int now = replicas(scale);
        if (now > count + 1) {
            throw new IOException(this + " has " + now + " replicas, not " + (count + 1)
                    + ": taking one off would not stop " + host + ", which is to go");
        }
        if (now > count) {
            write(scale, count);
        }
    }

    private static int replicas(Scale scale) {
        Integer replicas = scale.getSpec() == null ? null : scale.getSpec().getReplicas();
        return replicas == null ? 0 : replicas;
    }

    private synchronized RollableScalableResource<StatefulSet> resource() {
        KubernetesClient connected = client;
        if (connected == null) {
            connected = connect.get();
            client = connected;
        }
        return connected.apps().statefulSets().inNamespace(namespace).withName(name);
    }

    private Scale read() throws IOException {
        try {
            Scale scale = resource().scale();
            if (scale == null) {
                throw new IOException("there is no " + this);
            }
            return scale;
        } catch (KubernetesClientException e) {
            throw failed("read how many replicas " + this + " has", e);
        }
    }

    private void write(Scale scale, int count) throws IOException {
        scale.getSpec().setReplicas(count);
        try {
            resource().scale(scale);
        } catch (KubernetesClientException e) {
            throw failed("scale " + this + " to " + count, e);
        }
    }

    private static IOException failed(String what, KubernetesClientException e) {
        return new IOException("Kubernetes does not let us " + what + ": " + e.getMessage(), e);
    }

    @Override
    public String toString() {
        return "StatefulSet " + name + " in namespace " + namespace;
    }
}
