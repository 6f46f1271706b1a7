package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as Python writes them, and so JSON: texts, whole numbers, {@code True} and {@code False} (JSON's {@code true} and
 * {@code false}), lists, tuples, and dictionaries whose keys are texts. Texts come in one pair of quotation marks, with a backslash
 * before such marks and before itself. Says where it fails, never with what, because that may be a password.
 */
public final class PythonLiteral {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_DIGITS = 18;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = requireNonNull(text, "text is null");
    }

    /** Whether the text begins as a list, a tuple or a dictionary does. */
    public static boolean looksLikeOne(String text) {
        String stripped = text.strip();
        return !stripped.isEmpty() && "[({".indexOf(stripped.charAt(0)) >= 0;
    }

    /**
     * The value: a {@link String}, {@link Long}, {@link Boolean}, {@link List} or {@link Map}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Object parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        Object value = literal.value();
        literal.space();
        if (literal.at < text.length()) {
            throw literal.wrong("the end");
        }
        return value;
    }

    /**
     * A dictionary, its elements in the text's order.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Map<String, Object> dictionary(String text) {
        if (parse(text) instanceof Map<?, ?> map) {
            Map<String, Object> dictionary = new LinkedHashMap<>();
            map.forEach((key, value) -> dictionary.put((String) key, value));
            return dictionary;
        }
        throw new IllegalArgumentException("not a dictionary");
    }

    private Object value() {
        space();
        char first = peek();
        if (first == '\'' || first == '"') {
            return string();
        }
        if (first == '-' || Character.isDigit(first)) {
            return number();
        }
        if (Character.isLetter(first)) {
            return flag();
        }
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it is nested too deep");
        }
        Object value =
                switch (first) {
                    case '{' -> map();
                    case '[' -> list(']');
                    case '(' -> tuple();
                    default -> throw wrong("a value");
                };
        depth--;
        return value;
    }

    private Map<String, Object> map() {
        Map<String, Object> read = new LinkedHashMap<>();
        elements('}', () -> {
            String key = string();
            space();
            expect(':');
            if (read.put(key, value()) != null) {
                throw new IllegalArgumentException("a key is there twice");
            }
        });
        return read;
    }

    private List<Object> list(char end) {
        List<Object> read = new ArrayList<>();
        elements(end, () -> read.add(value()));
        return read;
    }

    /** Parentheses around one value without a comma are no tuple: {@code ('dc1,3')} is a text. */
    private Object tuple() {
        int begin = at;
        List<Object> read = list(')');
        boolean comma = text.substring(begin, at - 1).strip().endsWith(",");
        return read.size() == 1 && !comma ? read.get(0) : read;
    }

    private void elements(char end, Runnable element) {
        at++;
        space();
        while (peek() != end) {
            element.run();
            space();
            if (peek() != end) {
                expect(',');
                space();
            }
        }
        at++;
    }

    private Long number() {
        int begin = at;
        at++;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(begin, at);
        if (digits.equals("-") || digits.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("a number before character " + (at + 1) + " is none, or too big");
        }
        return Long.valueOf(digits);
    }

    private Boolean flag() {
        if (word("True") || word("true")) {
            return true;
        }
        if (word("False") || word("false")) {
            return false;
        }
        throw wrong("a value");
    }

    private boolean word(String word) {
        boolean there = text.startsWith(word, at)
                && (at + word.length() == text.length() || !Character.isLetterOrDigit(text.charAt(at + word.length())));
        at += there ? word.length() : 0;
        return there;
    }

    private String string() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw wrong("a text in quotation marks");
        }
        StringBuilder read = new StringBuilder();
        for (at++; peek() != quote; at++) {
            if (peek() == '\\') {
                at++;
                if (peek() != '\\' && peek() != '\'' && peek() != '"') {
                    throw wrong("a quotation mark or '\\' after a '\\'");
                }
            }
            read.append(peek());
        }
        at++;
        return read.toString();
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("it ends too early");
        }
        return text.charAt(at);
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("at character " + (at + 1) + ", " + expected + " is expected");
    }
}
