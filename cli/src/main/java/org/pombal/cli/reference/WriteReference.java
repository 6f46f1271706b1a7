package org.pombal.cli.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the pages that are made from the commands, for {@code script/docs}. */
public final class WriteReference {

    private WriteReference() {}

    /** The pages, by their places below docs/. */
    public static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("commands.md", ReferencePage.markdown());
        ManualPage.all().forEach((name, page) -> pages.put("man/" + name, page));
        return pages;
    }

    /** @param arguments the folder docs/ */
    public static void main(String[] arguments) throws IOException {
        Path docs = Path.of(arguments[0]);
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Path file = docs.resolve(page.getKey());
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, page.getValue());
        }
    }
}
