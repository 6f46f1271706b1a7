package org.pombal.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** The OpenAPI Initiative's JSON schema of documents of OpenAPI 3.1, and JSON Schema's of the schemas in them. */
final class OpenApiSchema {

    private static final String PUBLISHED = "https://spec.openapis.org/";

    /** The initiative's leaves schemas within a document open, for dialects; this says that they are JSON Schema's. */
    private static final String DOCUMENT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "https://pombal.test/openapi-document",
              "$ref": "https://spec.openapis.org/oas/3.1/schema/2022-10-07",
              "$defs": {
                "schema": {"$dynamicAnchor": "meta", "$ref": "https://json-schema.org/draft/2020-12/schema"}
              }
            }
            """;

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(
                    VersionFlag.V202012,
                    // Nothing is fetched: a jar has it, by the name that it is published under.
                    factory -> factory.schemaMappers(
                            mappers -> mappers.mapPrefix(PUBLISHED, "classpath:spec.openapis.org/")))
            .getSchema(DOCUMENT);

    private OpenApiSchema() {}

    /** What is wrong with a document, and where. */
    static List<String> violations(JsonNode document) {
        return SCHEMA.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
