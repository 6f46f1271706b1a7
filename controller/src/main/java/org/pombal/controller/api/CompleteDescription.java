package org.pombal.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.core.type.Argument;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.http.Problem;
import org.pombal.controller.security.Caller;

/**
 * The description that the compiler writes says of routes what their comments say. What it does not see is added here from the routes
 * themselves: which fields may be absent, what comes inside of an answer, refusals, headers, and who may ask.
 */
final class CompleteDescription {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String JSON_TYPE = "application/json";
    private static final String PROBLEM_TYPE = "application/problem+json";

    private final ObjectNode document;
    private final SchemaNames names = new SchemaNames();
    private final Set<String> completed = new HashSet<>();

    private CompleteDescription(ObjectNode document) {
        this.document = document;
    }

    /**
     * Completes it.
     *
     * @param written by the compiler, in JSON
     */
    static byte[] of(byte[] written, List<UriRouteInfo<?, ?>> routes) {
        try {
            CompleteDescription description = new CompleteDescription((ObjectNode) JSON.readTree(written));
            routes.forEach(description::complete);
            description.problems();
            description.schemas();
            return JSON.writeValueAsBytes(description.document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(JsonNode parent, String field) {
        return ((ObjectNode) parent).withObjectProperty(field);
    }

    private void complete(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString();
        String method = route.getHttpMethodName().toLowerCase(Locale.ROOT);
        // The router has each route once for each way in which it can be asked for.
        if (document.path("paths").path(path).path(method) instanceof ObjectNode operation
                && completed.add(method + " " + path)) {
            Method target = route.getTargetMethod().getTargetMethod();
            operation.put(
                    "operationId",
                    target.getName()
                            + target.getDeclaringClass().getSimpleName().replace("Routes", ""));
            access(operation, route);
            parameters(operation, route, method);
            answer(operation, route, target);
            Arrays.stream(target.getParameters())
                    .filter(parameter -> parameter.isAnnotationPresent(Body.class))
                    .forEach(parameter -> names.learn(parameter.getParameterizedType()));
        }
    }

    private static void access(ObjectNode operation, UriRouteInfo<?, ?> route) {
        List<String> roles = List.of(route.getAnnotationMetadata().stringValues(Secured.class));
        if (roles.contains(SecurityRule.IS_ANONYMOUS)) {
            operation.putArray("security");
        } else if (!roles.contains(SecurityRule.IS_AUTHENTICATED) && !roles.isEmpty()) {
            operation.put(
                    "description", operation.path("description").asText() + "\n\nNeeds the role " + roles.get(0) + ".");
        }
    }

    private static void parameters(ObjectNode operation, UriRouteInfo<?, ?> route, String method) {
        for (Argument<?> argument : route.getTargetMethod().getArguments()) {
            for (JsonNode parameter : operation.path("parameters")) {
                if (argument.getAnnotationMetadata().hasAnnotation(QueryValue.class)
                        && parameter.path("name").asText().equals(argument.getName())) {
                    query((ObjectNode) parameter, argument);
                }
            }
        }
        if (!method.equals("get")) {
            header(operation, Caller.REASON, "Why it is done, for the audit log.");
        }
        if (route.getAnnotationMetadata().hasAnnotation(Conditional.class)) {
            header(
                    operation,
                    "If-Match",
                    "The ETag that was read: nothing is changed if it is another one by now (412).");
        }
    }

    private static void query(ObjectNode parameter, Argument<?> argument) {
        parameter.put(
                "required",
                argument.getType() != Optional.class
                        && !argument.getAnnotationMetadata()
                                .stringValue(QueryValue.class, "defaultValue")
                                .isPresent());
        ObjectNode schema = object(parameter, "schema");
        if (argument.getAnnotationMetadata().hasAnnotation(Flag.class)) {
            schema.put("type", "boolean");
        }
        if (argument.getAnnotationMetadata().hasAnnotation(Limit.class)) {
            schema.put("type", "integer");
            schema.put("minimum", 1);
            schema.put("maximum", PageRequest.MAX_LIMIT);
            schema.put("default", PageRequest.DEFAULT_LIMIT);
        }
    }

    private static void header(ObjectNode operation, String name, String text) {
        ObjectNode header = operation.withArrayProperty("parameters").addObject();
        header.put("name", name);
        header.put("in", "header");
        header.put("required", false);
        header.put("description", text);
        object(header, "schema").put("type", "string");
    }

    private void answer(ObjectNode operation, UriRouteInfo<?, ?> route, Method target) {
        Type body = SchemaNames.body(target.getGenericReturnType());
        names.learn(body);
        int code = route.getAnnotationMetadata()
                .enumValue(Status.class, io.micronaut.http.HttpStatus.class)
                .map(io.micronaut.http.HttpStatus::getCode)
                .orElse(200);
        ObjectNode responses = object(operation, "responses");
        JsonNode known = responses.elements().next();
        responses.removeAll();
        ObjectNode response = object(responses, String.valueOf(code));
        response.setAll((ObjectNode) known);
        response.put("description", operation.path("summary").asText());
        response.path("content").properties().forEach(content -> {
            ObjectNode schema = object(content.getValue(), "schema");
            if (content.getKey().equals(JSON_TYPE)) {
                schema.removeAll().put("$ref", SCHEMAS + SchemaNames.shown(body));
            } else if (body == byte[].class) {
                schema.removeAll().put("type", "string");
            }
        });
        ObjectNode refused = object(responses, "default");
        refused.put("description", "It was not done.");
        object(object(object(refused, "content"), PROBLEM_TYPE), "schema").put("$ref", SCHEMAS + "Problem");
    }

    private void problems() {
        names.learn(Problem.class);
        ObjectNode problem = object(object(object(document, "components"), "schemas"), "Problem");
        problem.put("description", "What was not done, and why (RFC 9457).");
        problem.put("type", "object");
        ObjectNode properties = object(problem, "properties");
        object(properties, "title").put("type", "string");
        object(properties, "status").put("type", "integer");
        object(properties, "detail").put("type", "string");
    }

    /** Gives schemas the names that are shown, says which fields are always there, and drops what nobody refers to. */
    private void schemas() {
        ObjectNode all = object(object(document, "components"), "schemas");
        names.written().forEach((name, type) -> {
            if (all.remove(name) instanceof ObjectNode schema) {
                schema.put("type", "object");
                ArrayNode required = schema.putArray("required");
                SchemaNames.required(type).forEach(required::add);
                all.set(SchemaNames.shown(type), schema);
            }
        });
        all.findParents("allowableValues").forEach(parent -> ((ObjectNode) parent).remove("allowableValues"));
        document.findParents("$ref").forEach(this::rename);
        Set<String> reached = reached(all);
        all.retain(reached);
    }

    private void rename(JsonNode parent) {
        String name = parent.get("$ref").asText().substring(SCHEMAS.length());
        Type type = names.written().get(name);
        if (type != null) {
            ((ObjectNode) parent).put("$ref", SCHEMAS + SchemaNames.shown(type));
        }
    }

    private Set<String> reached(ObjectNode schemas) {
        Set<String> reached = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document.path("paths")));
        while (!open.isEmpty()) {
            for (String reference : open.pop().findValuesAsText("$ref")) {
                String name = reference.substring(SCHEMAS.length());
                if (reached.add(name)) {
                    open.add(schemas.path(name));
                }
            }
        }
        return reached;
    }
}
