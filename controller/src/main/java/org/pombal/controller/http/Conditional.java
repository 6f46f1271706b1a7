package org.pombal.controller.http;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A route that heeds {@code If-Match}, by {@link ETag#required}. */
@Retention(RUNTIME)
@Target(METHOD)
public @interface Conditional {}
