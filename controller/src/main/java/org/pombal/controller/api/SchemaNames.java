package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What bodies of the API are called: by the compiler, and in the description. */
final class SchemaNames {

    private static final List<String> WRAPPERS =
            List.of(CompletionStage.class.getName(), Optional.class.getName(), "io.micronaut.http.HttpResponse");

    private final Map<String, Type> byWrittenName = new LinkedHashMap<>();

    /** The body inside of what a route returns or takes. */
    static Type body(Type type) {
        return type instanceof ParameterizedType generic
                        && WRAPPERS.contains(generic.getRawType().getTypeName())
                ? body(generic.getActualTypeArguments()[0])
                : type;
    }

    /** Learns the body and all that is in it. */
    void learn(Type given) {
        Type type = body(given);
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::learn);
        }
        Class<?> raw = raw(type);
        if (raw.isRecord() && byWrittenName.put(written(type), type) == null) {
            components(type).map(RecordComponent::getGenericType).forEach(this::learn);
        }
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    private static Stream<RecordComponent> components(Type type) {
        return Arrays.stream(raw(type).getRecordComponents());
    }

    /** The known bodies by the names under which the compiler wrote them. */
    Map<String, Type> written() {
        return byWrittenName;
    }

    /** Names of the fields that are always there. */
    static List<String> required(Type type) {
        return components(type)
                .filter(component -> component.getType() != Optional.class)
                .map(RecordComponent::getName)
                .toList();
    }

    /** As the compiler names a schema. */
    private static String written(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(type).getSimpleName()
                    + Arrays.stream(generic.getActualTypeArguments())
                            .map(SchemaNames::writtenAsArgument)
                            .collect(Collectors.joining("_", "_", "_"));
        }
        return shown(type);
    }

    private static String writtenAsArgument(Type type) {
        if (type instanceof ParameterizedType) {
            return written(type);
        }
        Class<?> raw = raw(type);
        Class<?> around = raw.getEnclosingClass();
        return around == null ? raw.getSimpleName() : around.getSimpleName() + "." + raw.getSimpleName();
    }

    /** As the description names it: {@code ChangedBackend}, {@code ItemsOfBackend}. */
    static String shown(Type type) {
        if (type instanceof ParameterizedType generic) {
            String of = Arrays.stream(generic.getActualTypeArguments())
                    .map(SchemaNames::shown)
                    .collect(Collectors.joining("And"));
            return raw(type).getSimpleName() + "Of" + of;
        }
        Schema schema = raw(type).getAnnotation(Schema.class);
        return schema == null || schema.name().isEmpty() ? raw(type).getSimpleName() : schema.name();
    }
}
