package org.pombal.controller.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.model.backend.HostName;

@EnableKubernetesMockClient(crud = true)
class ActuatorsTest {

    private static final HostName THIRD = new HostName("dovecot-2.dovecot.mail.svc");

    /** Set by the extension. */
    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    /** Set by the extension. */
    @SuppressWarnings("NullAway.Init")
    private KubernetesMockServer server;

    @TempDir
    private Path folder;

    private KubernetesActuator kubernetes() {
        return new KubernetesActuator("mail", "dovecot", () -> client);
    }

    @BeforeEach
    void aStatefulSetOfTwo() {
        client.apps()
                .statefulSets()
                .inNamespace("mail")
                .resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("dovecot")
                        .withNamespace("mail")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .endSpec()
                        .build())
                .create();
    }

    private int replicas() {
        return client.apps()
                .statefulSets()
                .inNamespace("mail")
                .withName("dovecot")
                .get()
                .getSpec()
                .getReplicas();
    }

    @Test
    void aStatefulSetIsScaledUpAndDown() throws Exception {
        kubernetes().start(THIRD, 3);
        // What its role has to allow: docs/autoscaling.md.
        assertThat(server.getLastRequest().getMethod() + " "
                        + server.getLastRequest().getPath())
                .isEqualTo("PUT /apis/apps/v1/namespaces/mail/statefulsets/dovecot/scale");
        assertThat(replicas()).isEqualTo(3);
        kubernetes().start(THIRD, 3);
        assertThat(replicas()).isEqualTo(3);
        kubernetes().stop(THIRD, 2);
        assertThat(replicas()).isEqualTo(2);
        kubernetes().stop(THIRD, 2);
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void onlyTheLastPodIsStopped() {
        assertThatThrownBy(() -> kubernetes().stop(new HostName("dovecot-0.dovecot.mail.svc"), 0))
                .isInstanceOf(IOException.class)
                .hasMessage("StatefulSet dovecot in namespace mail has 2 replicas, not 1: taking one off would not stop"
                        + " dovecot-0.dovecot.mail.svc, which is to go");
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void aStatefulSetThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> new KubernetesActuator("mail", "other", () -> client).start(THIRD, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("StatefulSet other in namespace mail");
    }

    @Test
    void aCommandIsToldWhatToDoWithWhichAndHowManyRunThen() throws Exception {
        Path said = folder.resolve("said");
        Path program = Files.writeString(folder.resolve("act"), "#!/bin/sh\necho \"$@\" >> " + said + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        CommandActuator actuator = new CommandActuator(program, Duration.ofSeconds(10));

        actuator.start(THIRD, 3);
        actuator.stop(THIRD, 2);

        assertThat(said).hasContent("start dovecot-2.dovecot.mail.svc 3\nstop dovecot-2.dovecot.mail.svc 2");
        Files.writeString(program, "#!/bin/sh\necho no room >&2\nexit 1\n");
        assertThatThrownBy(() -> actuator.start(THIRD, 3)).hasMessageEndingWith("ended with exit code 1: no room");
    }
}
