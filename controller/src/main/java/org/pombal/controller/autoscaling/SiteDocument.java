package org.pombal.controller.autoscaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pombal.controller.autoscaling.ScaledSite.BackendFacts;

/** A site as JSON, for scalers that are no Java; and the number that they answer. */
final class SiteDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_SHOWN = 80;

    private SiteDocument() {}

    static String of(ScaledSite site) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("site", site.site());
        all.put("backends", site.backends().stream().map(SiteDocument::of).toList());
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a site cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> of(BackendFacts backend) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("host", backend.host());
        all.put("status", backend.status());
        all.put("loadFactor", backend.loadFactor());
        all.put("groups", backend.groups());
        backend.cpu().ifPresent(value -> all.put("cpu", value));
        backend.sessions().ifPresent(value -> all.put("sessions", value));
        backend.load().ifPresent(value -> all.put("load", value));
        return all;
    }

    /**
     * The number that an answer consists of.
     *
     * @throws IllegalArgumentException if it is none, or none of 32 bits
     */
    static int number(String answer) {
        String text = answer.strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
            throw new IllegalArgumentException(
                    "answers '" + shown.replaceAll("\\s+", " ") + "', which is no number", e);
        }
    }
}
