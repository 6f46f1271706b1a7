package org.pombal.node.doveadm;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * One command of a request.
 *
 * @param name as the caller spelled it
 * @param parameters their values as text; several of those given as a list
 * @param json the parameters as they came, for a command that is passed on
 * @param tag given back with the answer
 */
public record Call(String name, Map<String, List<String>> parameters, String json, String tag) {

    public Call {
        requireNonNull(name, "name is null");
        requireNonNull(json, "json is null");
        requireNonNull(tag, "tag is null");
        parameters = Map.copyOf(parameters);
    }
}
