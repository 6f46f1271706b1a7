package org.pombal.deployment;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is wrong with an object for Kubernetes: fields that its type does not have, and values of other types. */
final class KubernetesTypes {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            entry("v1/ConfigMap", ConfigMap.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("apps/v1/StatefulSet", StatefulSet.class),
            entry("batch/v1/Job", Job.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("networking.k8s.io/v1/Ingress", Ingress.class),
            entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class));

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private KubernetesTypes() {}

    static List<String> problems(JsonNode object) throws ReflectiveOperationException {
        String type =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        Class<?> known = TYPES.get(type);
        if (known == null) {
            return List.of("an object of type " + type);
        }
        List<String> problems = new ArrayList<>();
        try {
            findUnknown(object.at("/metadata/name").asText(), STRICT.treeToValue(object, known), problems);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            problems.add(type + ": " + e.getOriginalMessage());
        }
        return problems;
    }

    /** The types take fields that they do not know, and keep them apart. */
    private static void findUnknown(String where, Object value, List<String> problems)
            throws ReflectiveOperationException {
        if (value instanceof Collection<?> items) {
            int number = 0;
            for (Object item : items) {
                findUnknown(where + "[" + number++ + "]", item, problems);
            }
        } else if (value.getClass().getName().startsWith("io.fabric8.")) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().startsWith("get") && getter.getParameterCount() == 0 && !getter.isBridge()) {
                    Object field = getter.invoke(value);
                    if (getter.getName().equals("getAdditionalProperties")) {
                        ((Map<?, ?>) field)
                                .keySet()
                                .forEach(name -> problems.add(where + "." + name + " is not known"));
                    } else if (field != null) {
                        findUnknown(where + "." + getter.getName().substring(3), field, problems);
                    }
                }
            }
        }
    }
}
